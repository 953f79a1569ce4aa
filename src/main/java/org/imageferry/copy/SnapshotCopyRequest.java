package org.imageferry.copy;

import java.util.Optional;
import org.imageferry.domain.Description;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.ResourceGroupId;
import org.imageferry.domain.SnapshotId;
import org.imageferry.domain.Tags;

/// What CopySnapshot asks for.
///
/// @param name may be empty
/// @param encrypted empty leaves it to the source and the account
/// @param kmsKey of the destination region, to encrypt the copy with
/// @param retentionDays after which the copy goes by itself; empty keeps it
/// @param group empty means the account's default group
public record SnapshotCopyRequest(
        SnapshotId source,
        RegionId sourceRegion,
        RegionId destination,
        String name,
        Description description,
        Optional<Integer> retentionDays,
        Optional<ResourceGroupId> group,
        Tags tags,
        Optional<Boolean> encrypted,
        Optional<String> kmsKey,
        Optional<ClientToken> token) {}

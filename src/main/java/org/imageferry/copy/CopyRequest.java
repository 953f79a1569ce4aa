package org.imageferry.copy;

import java.util.Optional;
import org.imageferry.domain.BlockCheck;
import org.imageferry.domain.Description;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.ImageName;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.ResourceGroupId;
import org.imageferry.domain.Tags;

/// What CopyImage asks for.
///
/// @param destination empty means the source's own region
/// @param name empty lets us make one
/// @param group of the copy; empty means the account's default
/// @param encrypted empty leaves it to the source and the account
/// @param dryRun check all, do nothing, and end with `DryRunPassed`
public record CopyRequest(
        ImageId source,
        RegionId sourceRegion,
        Optional<RegionId> destination,
        Optional<ImageName> name,
        Description description,
        Optional<ResourceGroupId> group,
        Tags tags,
        Optional<Boolean> encrypted,
        Optional<String> kmsKey,
        boolean dryRun,
        Optional<ClientToken> token,
        BlockCheck check) {}

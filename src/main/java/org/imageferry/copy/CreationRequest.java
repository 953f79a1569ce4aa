package org.imageferry.copy;

import java.util.List;
import java.util.Optional;
import org.imageferry.domain.Description;
import org.imageferry.domain.ImageFamily;
import org.imageferry.domain.ImageName;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.ResourceGroupId;
import org.imageferry.domain.SnapshotId;
import org.imageferry.domain.Tags;

/// What CreateImage asks for.
///
/// @param disks the system disk, then the data disks in order
/// @param name empty lets us make one
/// @param dryRun check all, do nothing, and end with `DryRunPassed`
public record CreationRequest(
        RegionId region,
        List<DiskOf> disks,
        Optional<ImageName> name,
        Description description,
        Optional<ImageFamily> family,
        Guest guest,
        Optional<ResourceGroupId> group,
        Tags tags,
        boolean dryRun,
        Optional<ClientToken> token) {
    public CreationRequest {
        disks = List.copyOf(disks);
    }

    /// @param gib that the disk has at least; empty for what the snapshot has
    public record DiskOf(SnapshotId snapshot, Optional<Long> gib) {}

    /// What is said of what runs on it. What is empty is as in the image that the system disk's snapshot
    /// was brought with, or as usual.
    public record Guest(
            Optional<String> architecture,
            Optional<String> platform,
            Optional<String> bootMode,
            Optional<String> imdsSupport) {}
}

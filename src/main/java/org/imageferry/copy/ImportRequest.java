package org.imageferry.copy;

import java.util.List;
import java.util.Optional;
import org.imageferry.domain.BucketName;
import org.imageferry.domain.Description;
import org.imageferry.domain.Features;
import org.imageferry.domain.ImageName;
import org.imageferry.domain.ObjectKey;
import org.imageferry.domain.Platform;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.ResourceGroupId;
import org.imageferry.domain.Tags;

/// What ImportImage asks for.
///
/// @param disks the system disk first; 1 to 17
/// @param group of the image; empty means the account's default
public record ImportRequest(
        RegionId region,
        List<DiskSource> disks,
        Optional<ImageName> name,
        Description description,
        Platform platform,
        Features features,
        Optional<ResourceGroupId> group,
        Tags tags,
        boolean dryRun,
        Optional<ClientToken> token) {
    /// @param format as declared, upper case; empty lets us look
    public record DiskSource(BucketName bucket, ObjectKey object, Optional<String> format) {}

    public ImportRequest {
        disks = List.copyOf(disks);
    }
}

package org.imageferry.copy;

import org.imageferry.domain.BucketName;
import org.imageferry.domain.ExportFormat;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.RegionId;

/// What ExportImage asks for.
///
/// @param prefix begins the objects' names; may be empty
public record ExportRequest(
        RegionId region,
        ImageId image,
        BucketName bucket,
        String prefix,
        ExportFormat format,
        boolean dryRun) {}

package org.imageferry.copy;

import java.util.Optional;
import org.imageferry.domain.Description;
import org.imageferry.domain.ImageAttributes;
import org.imageferry.domain.ImageFamily;
import org.imageferry.domain.ImageName;

/// What ModifyImageAttribute asks for. What is empty stays as it is.
///
/// @param leavesFamily whether it is in no family any more
/// @param nvmeSupport whether its guest has a driver for NVMe disks
/// @param deprecated whether it is to be deprecated, or available again
/// @param dryRun check all, do nothing, and end with `DryRunPassed`
public record ImageChange(
        Optional<ImageName> name,
        Optional<Description> description,
        Optional<ImageFamily> family,
        boolean leavesFamily,
        Optional<String> bootMode,
        Optional<Boolean> nvmeSupport,
        Optional<String> imdsSupport,
        Optional<String> licenseType,
        Optional<Boolean> deprecated,
        boolean dryRun) {

    ImageAttributes of(ImageAttributes before) {
        ImageAttributes next = leavesFamily ? before.withoutFamily() : before;
        next = name.map(next::with).orElse(next);
        next = description.map(next::with).orElse(next);
        next = family.map(next::with).orElse(next);
        next = bootMode.map(next.platform()::withBootMode).map(next::with).orElse(next);
        next = nvmeSupport.map(next.features()::withNvme).map(next::with).orElse(next);
        next = imdsSupport.map(next.features()::withImds).map(next::with).orElse(next);
        return licenseType.map(next.features()::withLicense).map(next::with).orElse(next);
    }
}

package org.imageferry.ecs.action;

import java.util.List;
import java.util.Optional;
import org.imageferry.ecs.EcsError;
import org.imageferry.ecs.EcsException;
import org.imageferry.ecs.GatewayErrors;
import org.imageferry.ecs.ImageErrors;
import org.imageferry.ecs.Parameters;

/// Reads the parameters that say what an image's guest can do. Source: ECS API 2014-05-26, ImportImage
/// and ModifyImageAttribute.
final class ImageAsked {
    private ImageAsked() {}

    static Optional<Boolean> nvmeSupport(Parameters parameters) {
        String name = "Features.NvmeSupport";
        EcsError error =
                GatewayErrors.PARAMETER_FORMAT.advising(
                        name + " must be supported or unsupported.");
        return oneOf(parameters, name, error, "supported", "unsupported").map("supported"::equals);
    }

    static Optional<String> imdsSupport(Parameters parameters) {
        return oneOf(parameters, "Features.ImdsSupport", ImageErrors.IMDS_SUPPORT, "v1", "v2");
    }

    static Optional<String> licenseType(Parameters parameters) {
        return oneOf(parameters, "LicenseType", ImageErrors.LICENSE_TYPE, "Auto", "Aliyun", "BYOL");
    }

    static Optional<String> bootMode(Parameters parameters) {
        return oneOf(
                parameters, "BootMode", ImageErrors.BOOT_MODE, "BIOS", "UEFI", "UEFI-Preferred");
    }

    /// @throws EcsException with `error` for any other value
    static Optional<String> oneOf(
            Parameters parameters, String name, EcsError error, String... values) {
        Optional<String> value = parameters.find(name);
        if (value.isPresent() && !List.of(values).contains(value.get())) {
            throw new EcsException(error);
        }
        return value;
    }
}

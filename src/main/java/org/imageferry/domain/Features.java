package org.imageferry.domain;

/// What an image's owner says that its guest can do. A copy does not inherit it, as in ECS. Source: ECS
/// API 2014-05-26, ModifyImageAttribute, Features.
///
/// @param nvmeSupport whether it has a driver for NVMe disks
/// @param imdsSupport the version of the metadata service it wants: `v1` or `v2`
/// @param licenseType `Auto`, `Aliyun` or `BYOL`; empty if nobody said
public record Features(boolean nvmeSupport, String imdsSupport, String licenseType) {
    public static final Features DEFAULT = new Features(false, "v1", "");

    public Features withNvme(boolean next) {
        return new Features(next, imdsSupport, licenseType);
    }

    public Features withImds(String next) {
        return new Features(nvmeSupport, next, licenseType);
    }

    public Features withLicense(String next) {
        return new Features(nvmeSupport, imdsSupport, next);
    }
}

package org.imageferry.domain;

/// What runs on an image, as its owner said. Source: ECS API 2014-05-26, ImportImage and
/// DescribeImages, whose words these are.
///
/// @param architecture `i386`, `x86_64` or `arm64`
/// @param osType `linux` or `windows`
/// @param platform such as `Debian` or `Others Linux`
/// @param bootMode `BIOS`, `UEFI` or `UEFI-Preferred`
public record Platform(String architecture, String osType, String platform, String bootMode) {
    public static final Platform DEFAULT = new Platform("x86_64", "linux", "Others Linux", "BIOS");

    /// Source: ECS, "Boot modes of custom images": machines with ARM processors boot by UEFI only.
    public boolean bootsBy(String mode) {
        return !architecture.equals("arm64") || mode.equals("UEFI");
    }

    public Platform withBootMode(String next) {
        return new Platform(architecture, osType, platform, next);
    }
}

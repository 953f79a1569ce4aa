package org.imageferry.ecs;

import org.imageferry.domain.BucketName;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.ObjectKey;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.ResourceGroupId;
import org.imageferry.domain.ResourceId;
import org.imageferry.domain.SnapshotId;

/// What a request touches of what its account has, as policies name it. Source: RAM, "Policy elements",
/// Resource; each API page, "Authorization information".
///
/// @param region `*` where the request does not say which; empty for what is in none
/// @param path such as `image/m-…`, or `image/*` where it is about none in particular
public record Touched(String region, String path) {
    private static final String ANYWHERE = "*";

    public static Touched image(RegionId region, ImageId image) {
        return new Touched(region.value(), "image/" + image);
    }

    public static Touched images(RegionId region) {
        return new Touched(region.value(), "image/*");
    }

    /// A snapshot's id says enough: requests need not name its region.
    public static Touched snapshot(SnapshotId snapshot) {
        return new Touched(ANYWHERE, "snapshot/" + snapshot);
    }

    public static Touched snapshots(RegionId region) {
        return new Touched(region.value(), "snapshot/*");
    }

    public static Touched tasks(RegionId region) {
        return new Touched(region.value(), "task/*");
    }

    /// What is the account's in all regions alike, such as its users.
    public static Touched global(String path) {
        return new Touched("", path);
    }

    public static Touched object(RegionId region, BucketName bucket, ObjectKey key) {
        return new Touched(region.value(), bucket + "/" + key);
    }

    public static Touched resource(RegionId region, ResourceId resource) {
        return new Touched(region.value(), resource.type().text() + "/" + resource.value());
    }

    /// Images and snapshots, by their tags.
    public static Touched tagged(RegionId region) {
        return new Touched(region.value(), "*");
    }

    public static Touched group(ResourceGroupId group) {
        return global("resourcegroup/" + group);
    }

    public static Touched groups() {
        return global("resourcegroup/*");
    }

    public static Touched region(RegionId region) {
        return new Touched(region.value(), "region/" + region);
    }

    /// Nothing that belongs to one account or region alone.
    public static Touched anything() {
        return new Touched(ANYWHERE, "*");
    }
}

package org.imageferry.domain;

/// How much of something an account may have. An administrator may set it for one account; else the
/// preset holds. ECS publishes numbers for the two about sharing only (ECS API 2014-05-26,
/// ModifyImageSharePermission; "Limits", Images), ResourceManager for groups (CreateResourceGroup); the
/// others are ours.
public enum Quota {
    /// Images of the account in one region; failed ones don't count.
    IMAGES("images", 1_000_000),
    /// Snapshots of the account in one region.
    SNAPSHOTS("snapshots", 1_000_000),
    /// Images of the account in one region that are shared with others.
    SHARED_IMAGES("shared-images", 100_000),
    /// Accounts with whom one image is shared.
    IMAGE_ACCOUNTS("image-accounts", 50),
    /// GiB of the longest image that may be copied; the region's own limit holds as well.
    IMAGE_GIB("image-gib", 1 << 20),
    /// Resource groups of the account, its default group apart.
    RESOURCE_GROUPS("resource-groups", 30),
    /// Requests of one action in a second, on each node.
    REQUESTS_PER_SECOND("requests-per-second", 2_000);

    private final String text;
    private final long preset;

    Quota(String text, long preset) {
        this.text = text;
        this.preset = preset;
    }

    /// As people and the wire name it.
    public String text() {
        return text;
    }

    public long preset() {
        return preset;
    }
}

package org.imageferry.ecs;

/// An API that is spoken here. Alibaba Cloud tells them apart by their version, which no two share.
///
/// @see Action#api
public enum Api {
    ECS("ecs", "2014-05-26"),

    /// Resource groups, which all products share.
    RESOURCE_MANAGER("resourcemanager", "2020-03-31"),

    /// What Terraform asks it at its start.
    BILLING("bssopenapi", "2017-12-14"),
    /// The key service, as far as it is needed to encrypt images.
    KMS("kms", "2016-01-20"),

    /// Who somebody is.
    STS("sts", "2015-04-01"),

    /// Where a service is called.
    LOCATION("location", "2015-06-12"),

    /// Ours, for what ECS has no action for.
    FERRY("imageferry", "2026-11-22");

    private final String product;
    private final String version;

    Api(String product, String version) {
        this.product = product;
        this.version = version;
    }

    /// As policies name it: before the colon of an action, and in the resources it touches.
    public String product() {
        return product;
    }

    /// As requests name it.
    public String version() {
        return version;
    }
}

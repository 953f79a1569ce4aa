package org.imageferry.ecs;

/// What is refused about lists of regions and zones.
///
/// Source: ECS API 2014-05-26, DescribeRegions and DescribeZones, "Error codes".
public final class PlaceErrors {
    private PlaceErrors() {}

    public static final EcsError LANGUAGE =
            new EcsError(
                    404,
                    "InvalidAcceptLanguage.NotFound",
                    "Only Chinese (zh-CN), English (en-US), and Japanese (ja) are allowed.");
    public static final EcsError CHARGE_TYPE =
            new EcsError(
                    404,
                    "InvalidInstanceChargeType.NotFound",
                    "The InstanceChargeType does not exist in our records");
    public static final EcsError SPOT_STRATEGY =
            new EcsError(400, "InvalidSpotStrategy", "The specified SpotStrategy is not valid.");
}

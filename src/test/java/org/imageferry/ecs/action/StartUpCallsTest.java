package org.imageferry.ecs.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.ecs.action.ActionScene.HANGZHOU;

import org.imageferry.ecs.Api;
import org.imageferry.ecs.RawHttp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What clients ask before they come to images: DescribeRegions, DescribeZones, types of instances.
class StartUpCallsTest {
    private final ActionScene scene = new ActionScene();

    @AfterEach
    void stop() {
        scene.close();
    }

    private void isRefused(String action, String name, String value, int status, String code) {
        RawHttp.Reply reply = scene.ask(action, "RegionId", HANGZHOU, name, value);
        assertThat(reply.code()).as(reply.text()).isEqualTo(code);
        assertThat(reply.status()).isEqualTo(status);
    }

    @Test
    void regionsAreListedInAnyLanguageAndForAnything() {
        var regions =
                scene.call(
                        "DescribeRegions",
                        "AcceptLanguage",
                        "ko",
                        "ResourceType",
                        "Instance",
                        "InstanceChargeType",
                        "PrePaid");
        assertThat(regions.path("Regions").path("Region").size()).isEqualTo(2);
    }

    @Test
    void aLanguageOrTypeThatIsNoneIsNotFound() {
        for (String action : new String[] {"DescribeRegions", "DescribeZones"}) {
            isRefused(action, "AcceptLanguage", "tlh", 404, "InvalidAcceptLanguage.NotFound");
            isRefused(
                    action,
                    "InstanceChargeType",
                    "Free",
                    404,
                    "InvalidInstanceChargeType.NotFound");
        }
        isRefused("DescribeRegions", "ResourceType", "ship", 404, "InvalidResourceType.NotFound");
        isRefused("DescribeZones", "SpotStrategy", "Luck", 400, "InvalidSpotStrategy");
    }

    @Test
    void aRegionHasOneZoneInWhichNothingCanBeMade() {
        assertThat(scene.call("DescribeZones", "RegionId", HANGZHOU).path("Zones").toString())
                .isEqualTo(
                        """
                        {"Zone":[{"ZoneId":"cn-hangzhou-a","ZoneType":"AvailabilityZone",\
                        "LocalName":"Region cn-hangzhou Zone A",\
                        "AvailableResourceCreation":{"ResourceTypes":[]},\
                        "AvailableResources":{"ResourcesInfo":[]},\
                        "AvailableInstanceTypes":{"InstanceTypes":[]},\
                        "AvailableDiskCategories":{"DiskCategories":[]},\
                        "AvailableVolumeCategories":{"VolumeCategories":[]},\
                        "AvailableDedicatedHostTypes":{"DedicatedHostType":[]},\
                        "DedicatedHostGenerations":{"DedicatedHostGeneration":[]}}]}\
                        """);
        assertThat(scene.ask("DescribeZones", "RegionId", "cn-anywhere").code())
                .isEqualTo("InvalidRegionId.NotFound");
    }

    @Test
    void thereAreNoTypesOfInstances() {
        String none = "{\"InstanceType\":[]}";
        assertThat(scene.call("DescribeInstanceTypes").path("InstanceTypes").toString())
                .isEqualTo(none);
        var ofImage =
                scene.call(
                        "DescribeImageSupportInstanceTypes",
                        "RegionId",
                        HANGZHOU,
                        "ImageId",
                        scene.image("golden").value());
        assertThat(ofImage.path("InstanceTypes").toString()).isEqualTo(none);
        assertThat(ofImage.path("RegionId").asString()).isEqualTo(HANGZHOU);
    }

    @Test
    void nothingIsRented() {
        RawHttp.Reply reply =
                scene.client()
                        .acs3(
                                Api.BILLING.version(),
                                "QueryAvailableInstances",
                                "ProductCode",
                                "vipcloudfw",
                                "PageNum",
                                "1",
                                "PageSize",
                                "50");
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.json().path("Data").toString())
                .isEqualTo("{\"TotalCount\":0,\"PageNum\":1,\"PageSize\":50,\"InstanceList\":[]}");
        assertThat(reply.json().path("Success").asBoolean()).isTrue();
    }
}

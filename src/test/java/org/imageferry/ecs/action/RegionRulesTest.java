package org.imageferry.ecs.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.ecs.action.ActionScene.HANGZHOU;
import static org.imageferry.ecs.action.ActionScene.SHANGHAI;

import org.imageferry.ecs.Action;
import org.imageferry.ecs.Api;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// ModifyRegionRules and DescribeRegionRules.
class RegionRulesTest {
    private final ActionScene scene = new ActionScene();

    @AfterEach
    void stop() {
        scene.close();
    }

    private String rules(String region) {
        return scene.own("DescribeRegionRules", "RegionId", region).path("Regions").toString();
    }

    private String refused(String... parameters) {
        return scene.client().acs3(Api.FERRY.version(), "ModifyRegionRules", parameters).code();
    }

    @Test
    void whatIsNotGivenStays() {
        scene.own(
                "ModifyRegionRules",
                "RegionId",
                HANGZHOU,
                "Copying",
                "false",
                "BarDestination.1",
                SHANGHAI,
                "BarDestination.2",
                HANGZHOU);

        String answer =
                scene.own(
                                "ModifyRegionRules",
                                "RegionId",
                                HANGZHOU,
                                "CustomerKeys",
                                "false",
                                "OldestSnapshot",
                                "2020-01-01T00:00Z",
                                "AllowDestination.1",
                                HANGZHOU)
                        .toString();

        String rules =
                """
                "RegionId":"cn-hangzhou","Copying":false,"CustomerKeys":false,\
                "OldestSnapshot":"2020-01-01T00:00:00Z",\
                "BarredDestinations":{"RegionId":["cn-shanghai"]}\
                """;
        assertThat(answer).contains(rules);
        assertThat(rules(HANGZHOU)).isEqualTo("{\"Region\":[{" + rules + "}]}");
    }

    @Test
    void aRegionAllowsAllAtFirst() {
        assertThat(rules(SHANGHAI))
                .isEqualTo(
                        """
                        {"Region":[{"RegionId":"cn-shanghai","Copying":true,"CustomerKeys":true,\
                        "OldestSnapshot":"2013-07-15T00:00:00Z",\
                        "BarredDestinations":{"RegionId":[]}}]}\
                        """);
        assertThat(scene.own("DescribeRegionRules").path("Regions").path("Region").size())
                .isEqualTo(2);
    }

    @Test
    void aBadRuleIsRefused() {
        assertThat(refused("Copying", "false")).isEqualTo("MissingParameter");
        assertThat(refused("RegionId", "cn-anywhere")).isEqualTo("InvalidRegionId.NotFound");
        assertThat(refused("RegionId", HANGZHOU, "Copying", "no"))
                .isEqualTo("InvalidParameter.Format");
        assertThat(refused("RegionId", HANGZHOU, "OldestSnapshot", "yesterday"))
                .isEqualTo("InvalidParameter.Format");
        assertThat(refused("RegionId", HANGZHOU, "BarDestination.1", "cn-anywhere"))
                .isEqualTo("InvalidRegionId.NotFound");
        assertThat(
                        refused(
                                "RegionId",
                                HANGZHOU,
                                "BarDestination.1",
                                SHANGHAI,
                                "AllowDestination.1",
                                SHANGHAI))
                .isEqualTo("InvalidParameter.Format");
    }

    @Test
    void administratorsSetTheRulesAndAllMayReadThem() {
        assertThat(scene.audience("ModifyRegionRules")).contains(Action.Audience.ADMINISTRATORS);
        assertThat(scene.audience("DescribeRegionRules")).contains(Action.Audience.ENTITLED);
    }
}

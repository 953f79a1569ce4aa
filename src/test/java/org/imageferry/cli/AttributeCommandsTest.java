package org.imageferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// tag, untag, group and region.
final class AttributeCommandsTest extends CommandTest {
    @Test
    void givesTagsAndListsAll() {
        assertThat(scene().run("tag", "m-1", "app=web", "--region", SHANGHAI)).isZero();

        assertThat(scene().run("tag", "m-1", "zone", "--region", SHANGHAI)).isZero();

        assertThat(scene().out())
                .isEqualTo(
                        """
                        KEY   VALUE
                        app   web
                        zone
                        """);
        var request = scene().server().requests("TagResources").getFirst();
        assertThat(request.get("RegionId")).isEqualTo(SHANGHAI);
        assertThat(request.get("ResourceType")).isEqualTo("image");
        assertThat(request.get("ResourceId.1")).isEqualTo("m-1");
    }

    @Test
    void withoutTagsItOnlyLists() {
        assertThat(scene().run("tag", "s-1", "--region", SHANGHAI, "-o", "json")).isZero();

        assertThat(scene().server().requests("TagResources")).isEmpty();
        assertThat(scene().json().path("ResourceType").asString()).isEqualTo("snapshot");
        assertThat(scene().json().path("Tags").size()).isZero();
    }

    @Test
    void takesTagsByTheirKeysOrAll() {
        scene().run("tag", "m-1", "app=web", "--region", SHANGHAI);

        assertThat(scene().run("untag", "m-1", "app", "--region", SHANGHAI)).isZero();
        assertThat(scene().out()).isEqualTo("KEY  VALUE\n");
        assertThat(scene().run("untag", "m-1", "--all", "--region", SHANGHAI)).isZero();
        assertThat(scene().server().requests("UntagResources").getLast().get("All"))
                .isEqualTo("true");
        assertThat(scene().run("untag", "m-1", "--region", SHANGHAI)).isEqualTo(1);
        assertThat(scene().err())
                .isEqualTo(
                        "imageferry: cannot untag m-1 in cn-shanghai: name the keys of the tags to"
                                + " take, or --all, and not both\n");
    }

    @Test
    void whatIsNoIdIsSaidToBeNone() {
        assertThat(scene().run("tag", "golden", "app=web", "--region", SHANGHAI)).isEqualTo(1);
        assertThat(scene().err()).contains("\"golden\" is no id of an image (m-…)");
    }

    @Test
    void makesListsAndDeletesGroups() {
        assertThat(scene().run("group", "create", "web", "--called", "The web")).isZero();
        assertThat(scene().out())
                .isEqualTo(
                        """
                        GROUP   NAME  CALLED   CREATED
                        rg-web  web   The web  2026-11-22T01:09:36Z
                        """);
        assertThat(scene().run("group", "list", "-o", "json")).isZero();
        assertThat(scene().json()).hasSize(2);
        assertThat(scene().run("group", "join", "rg-web", "m-1", "--region", SHANGHAI)).isZero();
        assertThat(scene().server().requests("JoinResourceGroup").getFirst().get("ResourceId"))
                .isEqualTo("m-1");
        assertThat(scene().run("group", "delete", "rg-web")).isZero();
        assertThat(scene().out()).isEqualTo("DELETED\nrg-web\n");
        assertThat(scene().run("group", "delete", "rg-web")).isEqualTo(1);
        assertThat(scene().err()).contains("'imageferry group list' lists the groups");
    }

    @Test
    void aCommandOfSeveralWantsOneOfThem() {
        assertThat(scene().run("group")).isEqualTo(2);
        assertThat(scene().err()).contains("group");
    }

    @Test
    void showsAndSetsTheRulesOfARegion() {
        assertThat(
                        scene().run(
                                        "region",
                                        "set",
                                        HANGZHOU,
                                        "--copying",
                                        "false",
                                        "--oldest-snapshot",
                                        "2020-01-01T00:00:00Z",
                                        "--bar",
                                        SHANGHAI,
                                        "--allow",
                                        FRANKFURT))
                .isZero();

        var request = scene().server().requests("ModifyRegionRules").getFirst();
        assertThat(request.get("AllowDestination.1")).isEqualTo(FRANKFURT);
        assertThat(request.parameters()).doesNotContainKey("CustomerKeys");
        assertThat(scene().run("region", "show", HANGZHOU)).isZero();
        assertThat(scene().out())
                .isEqualTo(
                        """
                        REGION       COPYING  CUSTOMER KEYS  SNAPSHOTS SINCE       NOT TO
                        cn-hangzhou  no       yes            2020-01-01T00:00:00Z  cn-shanghai
                        """);
    }
}

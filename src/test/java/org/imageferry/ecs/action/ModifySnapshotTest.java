package org.imageferry.ecs.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.ecs.action.ActionScene.HANGZHOU;

import java.util.ArrayList;
import java.util.List;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.RawHttp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ModifySnapshotTest {
    private final ActionScene scene = new ActionScene();
    private final String snapshot =
            scene.find(scene.image("golden")).orElseThrow().disks().getFirst().snapshot().value();

    @AfterEach
    void stop() {
        scene.close();
    }

    private RawHttp.Reply modify(String... changes) {
        List<String> parameters = new ArrayList<>(List.of("SnapshotId", snapshot));
        parameters.addAll(List.of(changes));
        return scene.ask("ModifySnapshotAttribute", parameters.toArray(String[]::new));
    }

    private JsonNode shown() {
        return scene.call("DescribeSnapshots", "RegionId", HANGZHOU)
                .path("Snapshots")
                .path("Snapshot")
                .path(0);
    }

    @Test
    void whatIsGivenIsChangedAndAllElseStays() {
        assertThat(modify("SnapshotName", "golden-1", "Description", "first").status())
                .isEqualTo(200);
        assertThat(modify("RetentionDays", "10").json().propertyNames())
                .containsExactly("RequestId");

        JsonNode shown = shown();
        assertThat(shown.path("SnapshotName").asString()).isEqualTo("golden-1");
        assertThat(shown.path("Description").asString()).isEqualTo("first");
        assertThat(shown.path("RetentionDays").asInt()).isEqualTo(10);
        modify("Description", "");
        assertThat(shown().path("Description").asString()).isEmpty();
    }

    @Test
    void aSnapshotCanBeKeptLongerButNotShorter() {
        modify("RetentionDays", "10");
        assertThat(modify("RetentionDays", "11").status()).isEqualTo(200);
        RawHttp.Reply reply = modify("RetentionDays", "9");
        assertThat(reply.code()).isEqualTo("InvalidRetentionDays.Malformed");
        assertThat(reply.json().path("Recommend").asString()).contains("11 days");
        assertThat(shown().path("RetentionDays").asInt()).isEqualTo(11);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SnapshotName|1st|400|InvalidSnapshotName.Malformed|The specified SnapshotName is wrongly formed.",
                "Description|http://x|404|InvalidDescription.Malformed|The specified description is wrongly formed.",
                "Unknown|1|400|NoAttributeToModify|No attribute to be modified in this request."
            })
    void aBadChangeIsRefused(String name, String value, int status, String code, String message) {
        RawHttp.Reply reply = modify(name, value);

        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.json().path("Message").asString()).isEqualTo(message);
    }

    @Test
    void instantAccessMeansNothingAndIsTaken() {
        assertThat(modify("DisableInstantAccess", "true").status()).isEqualTo(200);
    }

    @Test
    void whatOthersHaveDoesNotExist() {
        assertThat(
                        scene.askAsOther(
                                        "ModifySnapshotAttribute",
                                        "SnapshotId",
                                        snapshot,
                                        "SnapshotName",
                                        "mine")
                                .code())
                .isEqualTo("InvalidSnapshotId.NotFound");
    }

    private JsonNode detail() {
        return scene.own("DescribeSnapshotDetail", "SnapshotId", snapshot);
    }

    @Test
    void theDetailTellsWhatTheListHasNoFieldFor() {
        modify("RetentionDays", "2");
        JsonNode detail = detail();
        assertThat(detail.path("SnapshotId").asString()).isEqualTo(snapshot);
        assertThat(detail.path("Bytes").asLong()).isEqualTo(2 * ActionScene.GIB + 1);
        assertThat(detail.path("Digest").asString()).hasSize(64);
        assertThat(detail.path("Damage").asString()).isEmpty();
        assertThat(detail.path("ExpirationTime").asString()).isEqualTo("2026-11-24T01:09:36Z");
        assertThat(detail.path("Images").path("Image").path(0).path("ImageName").asString())
                .isEqualTo("golden");
        assertThat(
                        scene.client()
                                .as("other", "othersecret")
                                .acs3(
                                        Api.FERRY.version(),
                                        "DescribeSnapshotDetail",
                                        "SnapshotId",
                                        snapshot)
                                .code())
                .isEqualTo("InvalidSnapshotId.NotFound");
    }

    @Test
    void theOwnerSaysWhetherImagesMayBeMadeOfIt() {
        scene.own("SetSnapshotImageCreation", "SnapshotId", snapshot, "Allowed", "false");
        assertThat(detail().path("ImageCreationAllowed").asBoolean()).isFalse();
        scene.own("SetSnapshotImageCreation", "SnapshotId", snapshot, "Allowed", "true");
        assertThat(detail().path("ImageCreationAllowed").asBoolean()).isTrue();
        assertThat(
                        scene.client()
                                .acs3(
                                        Api.FERRY.version(),
                                        "SetSnapshotImageCreation",
                                        "SnapshotId",
                                        snapshot)
                                .code())
                .isEqualTo("MissingParameter");
    }
}

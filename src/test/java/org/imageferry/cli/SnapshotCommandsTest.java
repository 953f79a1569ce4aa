package org.imageferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// snapshot list, show, copy, set and delete.
final class SnapshotCommandsTest extends CommandTest {
    @Test
    void listsAllPagesAndSaysWhatIsDamaged() {
        assertThat(scene().run("snapshot", "list", "--name", "d*", "--unused")).isZero();

        assertThat(scene().out())
                .contains("cn-hangzhou  s-1       disk  accomplished")
                .contains("cn-hangzhou  s-3       disk  DAMAGED");
        var request = scene().server().requests("DescribeSnapshots").getFirst();
        assertThat(request.get("SnapshotName")).isEqualTo("d*");
        assertThat(request.get("Usage")).isEqualTo("none");
    }

    @Test
    void showsWhatIsKnownOfOne() {
        assertThat(scene().run("snapshot", "show", "s-3")).isZero();

        assertThat(scene().out())
                .contains("5242880 bytes, 3.00 MiB of data in 1 parts")
                .contains("part ab: a bit flipped")
                .contains("m-1, golden");
        assertThat(scene().run("snapshot", "show", "s-9")).isEqualTo(1);
        assertThat(scene().err()).contains("'imageferry snapshot list' lists what there is");
    }

    @Test
    void copiesIntoManyRegionsAndFollows() {
        assertThat(
                        scene().run(
                                        "snapshot",
                                        "copy",
                                        "s-1",
                                        "--from",
                                        HANGZHOU,
                                        "--to",
                                        SHANGHAI,
                                        "--to",
                                        FRANKFURT,
                                        "--keep-days",
                                        "30",
                                        "--tag",
                                        "app=web",
                                        "-o",
                                        "json"))
                .isZero();

        assertThat(scene().json().size()).isEqualTo(2);
        assertThat(scene().json().path(0).path("Status").asString()).isEqualTo("accomplished");
        assertThat(scene().json().path(1).path("RegionId").asString()).isEqualTo(FRANKFURT);
        var request = scene().server().requests("CopySnapshot").getFirst();
        assertThat(request.get("RetentionDays")).isEqualTo("30");
        assertThat(request.get("Tag.1.Key")).isEqualTo("app");
        assertThat(request.get("ClientToken")).isNotEmpty();
    }

    @Test
    void aCopyThatFailsSaysWhyAndStopsNoOther() {
        scene().server().cloud().tasksFail(SHANGHAI, "the disk burns");

        assertThat(
                        scene().run(
                                        "snapshot",
                                        "copy",
                                        "s-1",
                                        "--from",
                                        HANGZHOU,
                                        "--to",
                                        SHANGHAI,
                                        "--to",
                                        FRANKFURT))
                .isEqualTo(1);

        assertThat(scene().out()).contains("cn-shanghai   s-").contains("Failed");
        assertThat(scene().out()).contains("eu-central-1  s-").contains("accomplished");
    }

    @Test
    void changesWhatIsGivenAndNothingElse() {
        assertThat(scene().run("snapshot", "set", "s-1", "--name", "golden-1")).isZero();
        assertThat(scene().server().requests("SetSnapshotImageCreation")).isEmpty();

        assertThat(scene().run("snapshot", "set", "s-1", "--images", "false")).isZero();
        assertThat(scene().server().requests("ModifySnapshotAttribute")).hasSize(1);
        assertThat(scene().server().requests("SetSnapshotImageCreation").getFirst().get("Allowed"))
                .isEqualTo("false");
        assertThat(scene().run("snapshot", "set", "s-1")).isEqualTo(1);
        assertThat(scene().err()).contains("nothing is to be changed");
    }

    @Test
    void deletesManyAtOnce() {
        assertThat(scene().run("snapshot", "delete", "s-1", "s-2")).isZero();

        assertThat(scene().out()).isEqualTo("DELETED\ns-1\ns-2\n");
        assertThat(scene().server().requests("DeleteSnapshot")).hasSize(2);
    }
}

package org.imageferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ChangingCommandsTest extends CommandTest {
    @Test
    void cancelsACopyByItsImage() {
        String task = scene().cloud().aTask("CopyImage", SHANGHAI, "coming");

        assertThat(scene().run("cancel", "m-1")).isZero();

        assertThat(task).isEqualTo("t-2");
        assertThat(scene().out())
                .isEqualTo(
                        """
                        REGION       CANCELLED
                        cn-shanghai  m-1
                        """);
        assertThat(scene().server().requests("CancelCopyImage").getFirst().get("RegionId"))
                .isEqualTo(SHANGHAI);
        assertThat(scene().cloud().image("coming")).isEmpty();
    }

    @Test
    void cancelsACopyByItsTask() {
        String task = scene().cloud().aTask("CopyImage", SHANGHAI, "coming");

        assertThat(scene().run("cancel", task, "-o", "json")).isZero();

        assertThat(scene().json().path("ImageId").asString()).isEqualTo("m-1");
        assertThat(scene().json().path("Status").asString()).isEqualTo("Cancelled");
    }

    @Test
    void cancelsAnImportByItsImage() {
        String task = scene().cloud().aTask("ImportImage", SHANGHAI, "coming");

        assertThat(scene().run("cancel", "m-1")).isZero();

        assertThat(scene().server().requests("CancelTask").getFirst().get("TaskId"))
                .isEqualTo(task);
    }

    @Test
    void whatIsOverCannotBeCancelled() {
        scene().cloud().anImage(SHANGHAI, "golden", new byte[] {1});

        assertThat(scene().run("cancel", "m-1")).isEqualTo(1);
        assertThat(scene().err())
                .isEqualTo(
                        "imageferry: cannot cancel m-1: The image copy has completed"
                                + " (IncorrectImageStatus, request R-5); 'imageferry show' tells the"
                                + " image's status\n");

        assertThat(scene().run("cancel", "t-77", "--region", SHANGHAI)).isEqualTo(1);
        assertThat(scene().err()).contains("no task t-77 is under way in cn-shanghai");
    }

    @Test
    void deletesAnImageAndKeepsItsSnapshots() {
        scene().cloud().anImage(SHANGHAI, "golden", new byte[] {1});

        assertThat(scene().run("delete", "m-1", "--region", SHANGHAI)).isZero();

        assertThat(scene().cloud().image("golden")).isEmpty();
        assertThat(scene().server().requests("DeleteSnapshot")).isEmpty();
    }

    @Test
    void deletesTheSnapshotsTooWhenTold() {
        scene().cloud().anImage(SHANGHAI, "golden", new byte[] {1});

        assertThat(
                        scene().run(
                                        "delete",
                                        "m-1",
                                        "--region",
                                        SHANGHAI,
                                        "--with-snapshots",
                                        "-o",
                                        "json"))
                .isZero();

        assertThat(scene().server().requests("DeleteSnapshot").getFirst().get("SnapshotId"))
                .isEqualTo("s-1");
        assertThat(scene().json().path("SnapshotIds").get(0).asString()).isEqualTo("s-1");
    }

    @Test
    void verifiesAllRegions() {
        assertThat(scene().run("verify")).isZero();

        assertThat(scene().out())
                .isEqualTo(
                        """
                        REGION        RESULT
                        cn-hangzhou   all blocks are good
                        cn-shanghai   all blocks are good
                        eu-central-1  all blocks are good
                        """);
    }

    @Test
    void verifiesAnImageWhereItIs() {
        scene().cloud().anImage(SHANGHAI, "golden", new byte[] {1});

        assertThat(scene().run("verify", "m-1", "-o", "json")).isZero();

        assertThat(scene().json())
                .singleElement()
                .satisfies(result ->
                        assertThat(result.path("RegionId").asString()).isEqualTo(SHANGHAI));
        assertThat(scene().server().requests("VerifyImages").getFirst().get("ImageId"))
                .isEqualTo("m-1");
    }

    @Test
    void whatIsWrongIsPrintedAndIsAFailure() {
        scene().cloud().tasksFail(SHANGHAI, "block ab of m-1 is damaged");

        assertThat(scene().run("verify")).isEqualTo(1);

        assertThat(scene().out())
                .contains("cn-shanghai   block ab of m-1 is damaged (Damaged)\n")
                .contains("cn-hangzhou   all blocks are good\n");
    }

    @Test
    void collectsGarbage() {
        assertThat(scene().run("gc", "--now", "--region", HANGZHOU)).isZero();

        assertThat(scene().out())
                .isEqualTo(
                        """
                        REGION       FOUND  DELETED     FREED  WAITING  COMPACTED  RECLAIMED
                        cn-hangzhou      3        2  32.0 MiB        1          4   16.0 MiB
                        """);
        assertThat(scene().server().requests("CollectGarbage").getFirst().parameters())
                .containsEntry("Now", "true")
                .containsEntry("RegionId", HANGZHOU);
    }

    @Test
    void showsWhatNodesDoAndTakesThemOutOfWork() {
        assertThat(scene().run("node")).isZero();

        assertThat(scene().out())
                .isEqualTo(
                        """
                        NODE    HOST   VERSION  STATE    SINCE                     LAST SEEN                 TASK  ACTION     REGION       PART      DONE        OF
                        node-1  ferry  1.0      working  2026-11-22T12:00:00.000Z  2026-11-22T13:00:00.000Z
                        node-2  ferry  1.0      working  2026-11-22T12:00:00.000Z  2026-11-22T13:00:00.000Z  t-1   CopyImage  cn-shanghai     3  1.00 MiB  4.00 MiB
                        """);

        assertThat(scene().run("node", "drain", "node-2")).isZero();
        assertThat(scene().out()).endsWith("node-2 claims nothing more\n");
        assertThat(scene().run("node", "resume", "node-2")).isZero();
        assertThat(scene().out()).endsWith("node-2 works again\n");
        assertThat(scene().server().requests("DrainNode").getFirst().parameters())
                .containsEntry("NodeName", "node-2");
    }
}

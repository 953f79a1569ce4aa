package org.imageferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.imageferry.cli.FakeFerry.Request;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class CopyCommandTest extends CommandTest {
    private String image = "";

    @BeforeEach
    void anImage() {
        image = scene().cloud().anImage(HANGZHOU, "golden", new byte[] {1});
    }

    private int copy(String... more) {
        String[] all = new String[more.length + 4];
        all[0] = "copy";
        all[1] = image;
        all[2] = "--from";
        all[3] = HANGZHOU;
        System.arraycopy(more, 0, all, 4, more.length);
        return scene().run(all);
    }

    @Test
    void copiesIntoManyRegionsAndWaits() {
        assertThat(copy("--to", SHANGHAI, "--to", FRANKFURT, "--name", "copied")).isZero();

        assertThat(scene().out())
                .isEqualTo(
                        """
                        REGION        IMAGE  STATUS
                        cn-shanghai   m-2    Available
                        eu-central-1  m-4    Available
                        """);
        assertThat(scene().err())
                .isEqualTo(
                        """
                        cn-shanghai: waiting, 2 in the queue before it
                        eu-central-1: waiting, 2 in the queue before it
                        cn-shanghai: done in 0.23 s: 1.00 MiB new of 4.00 MiB
                        eu-central-1: done in 0.23 s: 1.00 MiB new of 4.00 MiB
                        """);
    }

    @Test
    void asksForWhatTheOptionsSay() {
        copy(
                "--to",
                SHANGHAI,
                "--name",
                "n",
                "--description",
                "d",
                "--encrypt",
                "--key",
                "k",
                "--tag",
                "a=1",
                "--tag",
                "b",
                "--group",
                "rg-1",
                "--check",
                "content",
                "--detach");

        Request request = scene().server().requests("CopyImage").getFirst();
        assertThat(request.parameters())
                .containsEntry("RegionId", HANGZHOU)
                .containsEntry("ImageId", image)
                .containsEntry("DestinationRegionId", SHANGHAI)
                .containsEntry("DestinationImageName", "n")
                .containsEntry("DestinationDescription", "d")
                .containsEntry("Encrypted", "true")
                .containsEntry("KMSKeyId", "k")
                .containsEntry("Check", "content")
                .containsEntry("ResourceGroupId", "rg-1")
                .containsEntry("Tag.1.Key", "a")
                .containsEntry("Tag.1.Value", "1")
                .containsEntry("Tag.2.Key", "b")
                .containsEntry("Tag.2.Value", "")
                .containsKey("ClientToken");
    }

    @Test
    void whatWasNotSaidIsNotAskedFor() {
        copy("--to", SHANGHAI, "--detach");

        assertThat(scene().server().requests("CopyImage").getFirst().parameters().keySet())
                .containsExactly("ClientToken", "DestinationRegionId", "ImageId", "RegionId");
    }

    @Test
    void theSameRegionTwiceIsOneCopy() {
        assertThat(copy("--to", SHANGHAI, "--to", SHANGHAI, "--detach")).isZero();

        assertThat(scene().server().requests("CopyImage")).hasSize(1);
    }

    @Test
    void detachedItDoesNotWait() {
        assertThat(copy("--to", SHANGHAI, "--detach", "-o", "json")).isZero();

        assertThat(scene().json())
                .singleElement()
                .satisfies(result -> {
                    assertThat(result.path("ImageId").asString()).isEqualTo("m-2");
                    assertThat(result.path("RegionId").asString()).isEqualTo(SHANGHAI);
                });
        assertThat(scene().server().requests("DescribeQueue")).isEmpty();
    }

    @Test
    void jsonHasTheApisFieldNames() {
        assertThat(copy("--to", SHANGHAI, "-o", "json")).isZero();

        assertThat(scene().json().get(0).path("Status").asString()).isEqualTo("Available");
        assertThat(scene().json().get(0).path("Task").path("MovedBytes").asLong())
                .isEqualTo(1 << 20);
    }

    @Test
    void oneThatIsRefusedStopsNoOther() {
        assertThat(copy("--to", "mars", "--to", SHANGHAI, "-o", "json")).isEqualTo(1);

        assertThat(scene().json().get(0).path("Code").asString())
                .isEqualTo("DestinationRegion.NotFound");
        assertThat(scene().json().get(1).path("Status").asString()).isEqualTo("Available");
        assertThat(scene().err())
                .startsWith(
                        "imageferry: cannot copy to mars: The destination region not found"
                                + " (DestinationRegion.NotFound, request R-1); 'imageferry regions'"
                                + " lists the regions\n");
    }

    @Test
    void whatTheServerRecommendsIsSaid() {
        scene().server()
                .fail("CopyImage", 400, "InvalidParameter.Format", "This format is not valid.");
        scene().server().recommend("TagKey can't be \"\".");

        assertThat(copy("--to", SHANGHAI)).isEqualTo(1);

        assertThat(scene().err())
                .startsWith(
                        "imageferry: cannot copy to cn-shanghai: This format is not valid"
                                + " (InvalidParameter.Format, request R-1): TagKey can't be \"\";"
                                + " correct that and try again\n");
    }

    @Test
    void onlyWhatThereIsCanBeChecked() {
        assertThat(copy("--to", SHANGHAI, "--check", "rubbish")).isEqualTo(2);

        assertThat(scene().err()).contains("--check").contains("stored, content");
        assertThat(scene().server().requests("CopyImage")).isEmpty();
    }

    @Test
    void oneThatFailsStopsNoOther() {
        scene().cloud().tasksFail(SHANGHAI, "the store is full");

        assertThat(copy("--to", SHANGHAI, "--to", FRANKFURT)).isEqualTo(1);

        assertThat(scene().err()).contains("cn-shanghai: failed: the store is full\n");
        assertThat(scene().out()).contains("Failed").contains("Available");
    }

    @Test
    void oneThatSomebodyCancelsHasFailed() {
        scene().server()
                .failWhen(
                        request -> request.action().equals("DescribeImageDetail"),
                        404,
                        "InvalidImageId.NotFound",
                        "The specified ImageId does not exist.",
                        1);

        assertThat(copy("--to", SHANGHAI)).isEqualTo(1);

        assertThat(scene().err()).contains("cn-shanghai: failed: it was cancelled");
    }

    @Test
    void aServerThatGoesAwayForAMomentIsWaitedFor() {
        scene().server()
                .failWhen(
                        request -> request.action().equals("DescribeQueue"),
                        503,
                        "ServiceUnavailable",
                        "Starting.",
                        3);

        assertThat(copy("--to", SHANGHAI)).isZero();
    }

    @Test
    void ctrlCLeavesTheCopiesRunningAndSaysHowToGoOn() {
        scene().interruptedAtRest(1);

        assertThat(copy("--to", SHANGHAI, "--to", FRANKFURT)).isEqualTo(130);

        assertThat(scene().err())
                .endsWith(
                        """
                        the copies go on; follow them with: imageferry copies --follow
                        cancel the one in cn-shanghai with: imageferry cancel m-2
                        cancel the one in eu-central-1 with: imageferry cancel m-4
                        """);
        assertThat(scene().server().requests("CancelCopyImage")).isEmpty();
    }

    @Test
    void onATerminalItDrawsBars() {
        scene().onATerminal();

        assertThat(copy("--to", SHANGHAI)).isZero();

        assertThat(scene().err())
                .contains("cn-shanghai  waiting, 2 in the queue before it")
                .contains("50%  2.00 MiB of 4.00 MiB  1:15 left")
                .contains("cn-shanghai  ✓ done in 0.23 s: 1.00 MiB new of 4.00 MiB");
    }

    @Test
    void aDryRunSaysWhatWouldMove() {
        assertThat(copy("--to", SHANGHAI, "--dry-run")).isZero();

        assertThat(scene().out())
                .isEqualTo(
                        """
                        REGION        CONTENT       NEW  TO STORE
                        cn-shanghai  5.00 MiB  3.00 MiB  1.00 MiB
                        """);
        assertThat(scene().server().requests("CopyImage").getFirst().get("DryRun"))
                .isEqualTo("true");
    }

    @Test
    void aDryRunThatDoesNotPassFails() {
        assertThat(copy("--to", SHANGHAI, "--to", "mars", "--dry-run", "-o", "json")).isEqualTo(1);

        assertThat(scene().json().get(0).path("NewBytes").asLong()).isEqualTo(3 << 20);
        assertThat(scene().json().get(1).path("Code").asString())
                .isEqualTo("DestinationRegion.NotFound");
    }
}

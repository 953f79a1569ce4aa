package org.imageferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ListingCommandsTest extends CommandTest {
    @Test
    void imagesOfAllRegionsAreListed() {
        scene().cloud().anImage(HANGZHOU, "golden", new byte[] {1});
        scene().cloud().anImage(FRANKFURT, "silver", new byte[] {1});
        scene().cloud().aTask("CopyImage", SHANGHAI, "coming");

        assertThat(scene().run("images")).isZero();

        assertThat(scene().out())
                .isEqualTo(
                        """
                        REGION        IMAGE  NAME    STATUS     DONE   SIZE  CREATED
                        cn-hangzhou   m-1    golden  Available  100%  1 GiB  2026-11-22T01:09:36Z
                        eu-central-1  m-2    silver  Available  100%  1 GiB  2026-11-22T01:09:36Z
                        """);
    }

    @Test
    void imagesCanBeNarrowedDown() {
        scene().cloud().anImage(HANGZHOU, "golden", new byte[] {1});
        scene().cloud().anImage(HANGZHOU, "silver", new byte[] {1});
        scene().cloud().aTask("CopyImage", HANGZHOU, "coming");

        scene().run("images", "--region", HANGZHOU, "--name", "silver", "-o", "json");
        assertThat(scene().json())
                .singleElement()
                .satisfies(image -> {
                    assertThat(image.path("ImageName").asString()).isEqualTo("silver");
                    assertThat(image.path("RegionId").asString()).isEqualTo(HANGZHOU);
                });

        scene().run("images", "--all", "-o", "json");
        assertThat(scene().json()).hasSize(3);
    }

    @Test
    void allPagesAreRead() {
        for (int number = 0; number < 201; number++) {
            scene().cloud().anImage(HANGZHOU, "image-" + number, new byte[] {1});
        }

        scene().run("images", "--region", HANGZHOU, "-o", "json");

        assertThat(scene().json()).hasSize(201);
        assertThat(scene().server().requests("DescribeImages")).hasSize(3);
    }

    @Test
    void showTellsAllAboutAnImageWhereverItIs() {
        scene().cloud().anImage(SHANGHAI, "golden", new byte[] {1, 2, 3});
        scene().run("copy", "m-1", "--from", SHANGHAI, "--to", FRANKFURT, "--name", "copied");

        assertThat(scene().run("show", "m-1")).isZero();
        assertThat(scene().out())
                .isEqualTo(
                        """
                        Image        m-1
                        Name         golden
                        Region       cn-shanghai
                        Status       Available 100%
                        Description
                        Created      2026-11-22T01:09:36Z
                        Platform     linux, Debian, x86_64, UEFI
                        Tag          team=base
                        Task         t-1, Finished
                        Moved        1.00 MiB new of 4.00 MiB, stored as 512 KiB
                        Size         3 B, 3 B of data
                        Stored       3.00 KiB: 2.00 KiB shared, 1.00 KiB its own
                        Disk 0       3 bytes, 3 B of data in 1 parts, snapshot s-1
                        Digest 0     abababababababababababababababababababababababababababababababab
                        Copy         m-2 in eu-central-1, Available
                        """);

        scene().run("show", "m-2", "-o", "json");
        assertThat(scene().json().path("Origin").path("SourceImageId").asString()).isEqualTo("m-1");
        assertThat(scene().json().path("RegionId").asString()).isEqualTo(FRANKFURT);
        assertThat(scene().json().path("Platform").asString()).isEqualTo("Debian");
    }

    @Test
    void showSaysOfWhatACopyWasMade() {
        scene().cloud().anImage(SHANGHAI, "golden", new byte[] {1, 2, 3});
        scene().run("copy", "m-1", "--from", SHANGHAI, "--to", FRANKFURT, "--name", "copied");

        assertThat(scene().run("show", "m-2")).as(scene().err()).isZero();
        assertThat(scene().out()).containsPattern("Copied from +m-1 in " + SHANGHAI);
    }

    @Test
    void showSaysWhenThereIsNoSuchImage() {
        assertThat(scene().run("show", "m-9")).isEqualTo(1);
        assertThat(scene().err())
                .isEqualTo(
                        "imageferry: cannot show m-9: there is no image m-9 in any region;"
                                + " 'imageferry images --all' lists what there is\n");

        assertThat(scene().run("show", "m-9", "--region", SHANGHAI)).isEqualTo(1);
        assertThat(scene().err()).contains("cannot show m-9 in cn-shanghai: there is no image");
    }

    @Test
    void regionsAreListedWithWhatIsInThem() {
        scene().cloud().anImage(SHANGHAI, "golden", new byte[] {1});

        assertThat(scene().run("regions")).isZero();
        assertThat(scene().out())
                .isEqualTo(
                        """
                        REGION        NAME          STATUS     OBJECTS    NEEDED    UNUSED     DEAD  BAD  UNAVAILABLE  CHECKED SINCE
                        cn-hangzhou   CN-HANGZHOU   available        2  2.00 MiB  2.00 MiB  512 KiB    3            4  2026-11-01T08:00:00.000Z
                        cn-shanghai   CN-SHANGHAI   available        3  2.00 MiB  2.00 MiB  512 KiB    3            4  2026-11-01T08:00:00.000Z
                        eu-central-1  EU-CENTRAL-1  available        2  2.00 MiB  2.00 MiB  512 KiB    3            4  2026-11-01T08:00:00.000Z
                        """);

        scene().run("regions", "-o", "json");
        assertThat(scene().json()).hasSize(3);
    }

    @Test
    void theQueueTellsWhatWaitsAndWhatRuns() {
        scene().cloud().aTask("CopyImage", SHANGHAI, "coming");
        scene().run("queue", "--region", SHANGHAI);
        scene().cloud().aTask("ImportImage", SHANGHAI, "behind");

        assertThat(scene().run("queue")).isZero();
        assertThat(scene().out())
                .isEqualTo(
                        """
                        REGION       TASK  ACTION       IMAGE  NAME    STATUS     DONE        OF       NEW  LEFT
                        cn-shanghai  t-2   CopyImage    m-1    coming  Running     50%  4.00 MiB  1.00 MiB  1:15
                        cn-shanghai  t-4   ImportImage  m-3    behind  Waiting 3    0%       0 B       0 B
                        """);
    }

    @Test
    void theQueueInJsonIsTheApisAnswer() {
        scene().cloud().aTask("CopyImage", SHANGHAI, "coming");

        scene().run("queue", "--region", SHANGHAI, "-o", "json");

        assertThat(scene().json().at("/Queues/Queue/0/Tasks/Task/0/Position").asInt()).isEqualTo(3);
    }

    @Test
    void aWatchedQueueIsPrintedUntilCtrlC() {
        scene().interruptedAtRest(3);

        assertThat(scene().run("queue", "--watch")).isEqualTo(130);

        assertThat(scene().server().requests("DescribeQueue")).hasSize(3);
    }
}

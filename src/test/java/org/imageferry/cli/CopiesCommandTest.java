package org.imageferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

final class CopiesCommandTest extends CommandTest {
    private FakeEvents events() {
        return scene().server().events();
    }

    private ObjectNode finished(String region, String name) {
        return events().event("copy.finished", "CopyImage", region, name);
    }

    private List<String> asked() {
        return scene().server().requests("DescribeEvents").stream()
                .map(request -> request.get("AfterEventId"))
                .toList();
    }

    @Test
    void openCopiesAreListedWithTheirPlaceAndPace() {
        scene().cloud().aTask("CopyImage", SHANGHAI, "moving");
        scene().run("queue");
        scene().cloud().aTask("CopyImage", FRANKFURT, "waiting");
        scene().cloud().aTask("ImportImage", SHANGHAI, "no-copy");

        assertThat(scene().run("copies")).isZero();
        assertThat(scene().out())
                .isEqualTo(
                        """
                        REGION        IMAGE  NAME     FROM  STATUS     DONE        OF       NEW        RATE  LEFT
                        cn-shanghai   m-1    moving         Running     50%  4.00 MiB  1.00 MiB  27.3 KiB/s  1:15
                        eu-central-1  m-3    waiting        Waiting 3    0%       0 B       0 B
                        """);
    }

    @Test
    void theyAreListedOfSomeRegionsAndOfAllKinds() {
        scene().cloud().aTask("CopyImage", SHANGHAI, "there");
        scene().cloud().aTask("CopyImage", FRANKFURT, "elsewhere");
        scene().cloud().aTask("ImportImage", SHANGHAI, "import");

        scene().run("copies", "--region", SHANGHAI, "--region", HANGZHOU, "-o", "json");
        assertThat(scene().json()).hasSize(1);
        scene().run("copies", "--all", "-o", "json");
        assertThat(scene().json()).hasSize(3);
    }

    @Test
    void eachEndIsALineUntilCtrlCEndsItWell() {
        ObjectNode failed = events().event("copy.failed", "CopyImage", FRANKFURT, "silver");
        failed.put("Reason", "the store of eu-central-1 is full");
        events().then(finished(SHANGHAI, "golden"), failed);
        events().then();
        events().then(events().event("copy.cancelled", "CopyImage", SHANGHAI, "bronze"));
        scene().interruptedAtRest(2);

        assertThat(scene().run("copies", "--follow")).isZero();
        assertThat(scene().out())
                .isEqualTo(
                        """
                        2026-11-22T01:09:36Z  copy.finished  cn-shanghai  m-102  golden  1.00 MiB new of 4.00 MiB in 3.2 s
                        2026-11-22T01:09:36Z  copy.failed    eu-central-1  m-101  silver  the store of eu-central-1 is full
                        2026-11-22T01:09:36Z  copy.cancelled  cn-shanghai  m-103  bronze
                        """);
        assertThat(scene().err()).isEmpty();
        assertThat(asked())
                .containsExactly(
                        "",
                        FakeEvents.BEGINNING,
                        "e-0000000000000101",
                        "e-0000000000000101",
                        "e-0000000000000103");
    }

    @Test
    void theServerIsAskedToWaitSoThatNobodyAsksInVain() {
        scene().interruptedAtRest(1);

        scene().run("copies", "--follow");

        assertThat(scene().server().requests("DescribeEvents").getLast().get("WaitSeconds"))
                .isEqualTo("20");
    }

    @Test
    void inJsonEachLineIsAnEvent() {
        ObjectNode event = finished(SHANGHAI, "golden");
        events().then(event, finished(FRANKFURT, "golden"));
        scene().interruptedAtRest(1);

        assertThat(scene().run("copies", "--follow", "-o", "json")).isZero();
        List<String> lines = scene().out().lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(JsonMapper.shared().readTree(lines.getFirst())).isEqualTo(event);
    }

    @Test
    void onlyWhatWasAskedForIsTold() {
        events().then(
                        finished(SHANGHAI, "here"),
                        finished(FRANKFURT, "elsewhere"),
                        events().event("import.finished", "ImportImage", SHANGHAI, "import"));
        scene().interruptedAtRest(1);

        scene().run("copies", "--follow", "--region", SHANGHAI);

        assertThat(scene().out()).contains("here").doesNotContain("elsewhere", "import");
        assertThat(scene().out().lines()).hasSize(1);
    }

    @Test
    void itBeginsAfterAnEventThatIsSaid() {
        assertThat(scene().run("copies", "--after", "e-0000000000000042")).isEqualTo(1);
        assertThat(scene().err()).contains("give --follow too");
        scene().interruptedAtRest(1);

        scene().run("copies", "--follow", "--after", "e-0000000000000042");

        assertThat(asked()).containsExactly("e-0000000000000042");
    }

    @Test
    void aServerThatIsGoneForAWhileIsWaitedForAndNothingIsMissed() {
        events().then(finished(SHANGHAI, "before"));
        events().then(finished(SHANGHAI, "after"));
        // each question is sent eight times before the loss is told
        scene().server()
                .failWhen(
                        request -> request.get("AfterEventId").equals("e-0000000000000101"),
                        503,
                        "ServiceUnavailable",
                        "The server is restarting.",
                        20);
        scene().interruptedAtRest(25);

        assertThat(scene().run("copies", "--follow")).isZero();
        assertThat(scene().out()).contains("before", "after");
        assertThat(scene().err())
                .isEqualTo(
                        """
                        The server is restarting.; trying again until it is there
                        the server is there again
                        """);
    }

    @Test
    void whatTheServerRefusesEndsIt() {
        scene().server().fail("DescribeEvents", 403, "Forbidden.RAM", "Not you.");

        assertThat(scene().run("copies", "--follow")).isEqualTo(1);
        assertThat(scene().err()).startsWith("imageferry: cannot follow copies: Not you");
    }

    @Test
    void onATerminalBarsMoveBelowTheLines() {
        scene().onATerminal();
        scene().cloud().aTask("CopyImage", SHANGHAI, "golden");
        events().then();
        events().then();
        events().then(finished(SHANGHAI, "golden"));
        scene().interruptedAtRest(3);

        assertThat(scene().run("copies", "--follow")).isZero();
        assertThat(scene().out()).hasLineCount(1);
        assertThat(scene().err())
                .startsWith(
                        "cn-shanghai  golden  waiting, 2 in the queue before it\u001b[K\n\u001b[J")
                .contains("\u001b[1A\rcn-shanghai  golden  ▕")
                .endsWith("\u001b[1A\r\u001b[J");
    }
}

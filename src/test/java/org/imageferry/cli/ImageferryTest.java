package org.imageferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ImageferryTest extends CommandTest {
    @Test
    void sharedOptionsMayStandBeforeOrAfterTheCommand() {
        String endpoint = scene().server().endpoint();
        scene().environment().put("IMAGEFERRY_ENDPOINT", "http://127.0.0.1:1");

        assertThat(scene().run("--endpoint", endpoint, "-o", "json", "regions")).isZero();
        assertThat(scene().json()).hasSize(3);
        assertThat(scene().run("regions", "--endpoint", endpoint, "-o", "json")).isZero();
        assertThat(scene().json()).hasSize(3);
    }

    @Test
    void aServerThatIsNotThereCanBeStarted() {
        assertThat(scene().run("regions", "--endpoint", "http://127.0.0.1:1")).isEqualTo(1);

        assertThat(scene().err())
                .isEqualTo(
                        "imageferry: cannot list regions: no server can be reached at"
                                + " http://127.0.0.1:1; start one with ./imageferry serve\n");
        assertThat(scene().out()).isEmpty();
    }

    @Test
    void aWrongSecretIsSaidToBeWrong() {
        scene().environment().put("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "wrong-secret");

        assertThat(scene().run("regions")).isEqualTo(1);

        assertThat(scene().err())
                .contains(
                        "(SignatureDoesNotMatch, request R-1); check ALIBABA_CLOUD_ACCESS_KEY_SECRET")
                .doesNotContain("wrong-secret");
    }

    @Test
    void theDataFoldersCredentialsAreUsed() throws IOException {
        scene().environment().remove("ALIBABA_CLOUD_ACCESS_KEY_ID");
        scene().environment().remove("ALIBABA_CLOUD_ACCESS_KEY_SECRET");
        Path file = folder.resolve("credentials");
        Files.writeString(file, "AccessKeyId=testid\nAccessKeySecret=testsecret\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        assertThat(scene().run("regions", "--data", folder.toString())).isZero();
    }

    @Test
    void anErrorIsOneLineWhateverTheServerSays() {
        scene().server().fail("DescribeRegions", 400, "Odd", "two\nlines\u001b[2J");

        assertThat(scene().run("regions")).isEqualTo(1);

        assertThat(scene().err())
                .isEqualTo(
                        "imageferry: cannot list regions: two?lines?[2J (Odd, request R-1); correct"
                                + " that and try again\n");
    }

    @ParameterizedTest
    @CsvSource({
        "copy m-1 --from r, Missing required option: '--to=REGION'",
        "regions --nonsense, Unknown option: '--nonsense'",
        "regions -o yaml, Invalid value for option '-o'",
        "dance, Unmatched argument at index 0: 'dance'",
    })
    void whatIsNotUnderstoodIsTwoAndOneLine(String line, String reason) {
        assertThat(scene().run(line.split(" ", -1))).isEqualTo(2);

        assertThat(scene().err())
                .startsWith("imageferry: " + reason)
                .endsWith("--help'\n")
                .hasLineCount(1);
    }

    @Test
    void aBadEndpointIsExplained() {
        assertThat(scene().run("regions", "--endpoint", "localhost")).isEqualTo(1);

        assertThat(scene().err())
                .contains("'localhost' is no endpoint; it looks like http://127.0.0.1:8440");
    }

    @Test
    void withoutACommandTheHelpIsShown() {
        assertThat(scene().run()).isEqualTo(2);
        assertThat(scene().err()).contains("Commands:").contains("copy");
    }

    @Test
    void helpIsThereForEachCommand() {
        assertThat(scene().run("help", "copy")).isZero();
        assertThat(scene().out()).contains("--dry-run");
        assertThat(scene().run("copy", "--help")).isZero();
        assertThat(scene().out()).contains("--dry-run");
    }

    @Test
    void tellsItsVersion() {
        assertThat(scene().run("version")).isZero();
        assertThat(scene().out()).isEqualTo("imageferry development\n");
        assertThat(scene().run("version", "-o", "json")).isZero();
        assertThat(scene().json().path("Version").asString()).isEqualTo("development");
        assertThat(scene().run("--version")).isZero();
        assertThat(scene().out()).isEqualTo("imageferry development\n");
    }

    @Test
    void theCompletionScriptIsGoodBash() throws Exception {
        assertThat(scene().run("completion")).isZero();
        assertThat(scene().out()).contains("complete").contains("--dry-run");

        Path script = Files.writeString(folder.resolve("completion.sh"), scene().out());
        Process bash = new ProcessBuilder("bash", "-n", script.toString()).inheritIO().start();
        assertThat(bash.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(bash.exitValue()).isZero();
    }

    @Test
    void serveSaysWhereItAnswersAndEndsWhenToldTo() {
        scene().starter(options -> {
            assertThat(options)
                    .isEqualTo(new ServeOptions(folder, java.util.Optional.empty(), "127.0.0.1:0"));
            scene().server().stop();
            return scene().server();
        });

        assertThat(scene().run("serve", "--listen", "127.0.0.1:0", "--data", folder.toString()))
                .isZero();

        assertThat(scene().out())
                .isEqualTo(
                        """
                        imageferry serving on %1$s
                        console: %1$s/console/
                        """
                                .formatted(scene().server().endpoint()));
    }

    @Test
    void aServerThatCannotStartSaysWhy() {
        scene().starter(_ -> {
            throw new IOException("port 8440 is taken; choose another with --listen");
        });

        assertThat(scene().run("serve")).isEqualTo(1);

        assertThat(scene().err())
                .isEqualTo(
                        "imageferry: cannot serve on 127.0.0.1:8440: port 8440 is taken; choose"
                                + " another with --listen\n");
    }

    @Test
    void aFaultOfTheProgramIsNotHidden() {
        scene().starter(_ -> {
            throw new IllegalStateException("impossible");
        });

        assertThat(scene().run("serve")).isEqualTo(1);

        assertThat(scene().err())
                .startsWith("imageferry: cannot serve on 127.0.0.1:8440: this is a fault of")
                .contains("IllegalStateException: impossible")
                .contains("\tat ");
    }
}

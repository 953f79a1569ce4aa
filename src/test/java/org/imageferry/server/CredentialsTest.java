package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Random;
import org.imageferry.settings.StartException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CredentialsTest {
    private static final String ID = "ALIBABA_CLOUD_ACCESS_KEY_ID";
    private static final String SECRET = "ALIBABA_CLOUD_ACCESS_KEY_SECRET";

    @TempDir private Path folder;
    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("credentials");
    }

    @Test
    void givenOnesAreTakenAndWrittenNowhere() throws StartException {
        assertThat(find(Map.of(ID, "me", SECRET, "secret+/="), 1))
                .isEqualTo(new Credentials("me", "secret+/="));
        assertThat(file).doesNotExist();
    }

    @Test
    void madeOnesAreKeptInAFileOfItsOwnersAlone() throws StartException, IOException {
        Credentials made = find(Map.of(), 1);
        assertThat(made.accessKeyId()).matches("LTAI[A-Za-z0-9]{20}");
        assertThat(made.secret()).matches("[A-Za-z0-9]{30}");
        assertThat(Files.readAllLines(file))
                .containsExactly(
                        "AccessKeyId=" + made.accessKeyId(), "AccessKeySecret=" + made.secret());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var entries = Files.list(folder)) {
            assertThat(entries).containsExactly(file);
        }
    }

    @Test
    void theyAreMadeOnce() throws StartException {
        assertThat(find(Map.of(), 1)).isEqualTo(find(Map.of(), 2));
        assertThat(find(Map.of(ID, "", SECRET, ""), 3)).isEqualTo(find(Map.of(), 4));
    }

    @Test
    void noTwoInstallationsGetTheSame() throws StartException, IOException {
        Credentials first = find(Map.of(), 1);
        Files.delete(file);
        Credentials second = find(Map.of(), 2);
        assertThat(second.accessKeyId()).isNotEqualTo(first.accessKeyId());
        assertThat(second.secret()).isNotEqualTo(first.secret());
    }

    @Test
    void halfAPairIsRefused() {
        assertThatThrownBy(() -> find(Map.of(ID, "me"), 1))
                .isInstanceOf(StartException.class)
                .hasMessageContainingAll(ID, SECRET, "only one");
        assertThatThrownBy(() -> find(Map.of(SECRET, "hidden"), 1))
                .isInstanceOf(StartException.class)
                .hasMessageNotContaining("hidden");
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words", "line\nfeed", "schlüssel"})
    void whatNoClientCouldSendIsRefusedAndNotRepeated(String secret) {
        assertThatThrownBy(() -> find(Map.of(ID, "me", SECRET, secret), 1))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("visible ASCII")
                .hasMessageNotContaining(secret);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AccessKeyId=me\n", "me:hidden\nmore\n"})
    void aFileOfAnotherFormIsRefusedAndNotReplaced(String text) throws IOException {
        Files.writeString(file, text);
        assertThatThrownBy(() -> find(Map.of(), 1))
                .isInstanceOf(StartException.class)
                .hasMessageContaining(file.toString())
                .hasMessageNotContaining("hidden");
        assertThat(Files.readString(file)).isEqualTo(text);
    }

    @Test
    void theSecretIsNotShown() {
        assertThat(new Credentials("LTAI1", "hidden")).hasToString("Credentials[LTAI1, ***]");
    }

    private Credentials find(Map<String, String> environment, long seed) throws StartException {
        return Credentials.find(environment, file, new Random(seed));
    }
}

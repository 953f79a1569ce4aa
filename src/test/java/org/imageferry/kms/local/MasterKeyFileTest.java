package org.imageferry.kms.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import org.imageferry.kms.MasterKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MasterKeyFileTest {
    private static final String SECRET = "IGSY8oz3rjQ0Zk1Lh6TvnXw2cUpK9b";
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir private Path folder;
    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("master.key");
    }

    @Test
    void whatItWrapsItUnwraps() throws IOException {
        MasterKeyFile key = open();
        assertThat(key.unwrap(key.wrap(SECRET, "LTAI1"), "LTAI1")).isEqualTo(SECRET);
        assertThat(key.unwrap(key.wrap("", ""), "")).isEmpty();
        assertThat(key.unwrap(key.wrap("Schlüssel 钥匙", "a"), "a")).isEqualTo("Schlüssel 钥匙");
    }

    @Test
    void itStillUnwrapsWhenOpenedAgain() throws IOException {
        String wrapped = open().wrap(SECRET, "LTAI1");
        assertThat(open().unwrap(wrapped, "LTAI1")).isEqualTo(SECRET);
    }

    @Test
    void noTwoWrappedSecretsAreEqualAndNoneShowsItsSecret() throws IOException {
        MasterKeyFile key = open();
        String wrapped = key.wrap(SECRET, "LTAI1");
        assertThat(wrapped).isNotEqualTo(key.wrap(SECRET, "LTAI1"));
        assertThat(new String(Base64.getDecoder().decode(wrapped), StandardCharsets.ISO_8859_1))
                .doesNotContain(SECRET);
    }

    @Test
    void inAnotherContextItDoesNotUnwrap() throws IOException {
        MasterKeyFile key = open();
        String wrapped = key.wrap(SECRET, "LTAI1");
        assertThatThrownBy(() -> key.unwrap(wrapped, "LTAI2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("LTAI2")
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void whatIsDerivedIsTheSameAgainAndAnotherKeyForEachPurpose() throws IOException {
        String wrapped = open().derived("console").wrap(SECRET, "a");

        assertThat(open().derived("console").unwrap(wrapped, "a")).isEqualTo(SECRET);
        for (MasterKey other : List.of(open(), open().derived("other"))) {
            assertThatThrownBy(() -> other.unwrap(wrapped, "a"))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        String own = open().wrap(SECRET, "a");
        assertThatThrownBy(() -> open().derived("console").unwrap(own, "a"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anotherKeyDoesNotUnwrap() throws IOException {
        String wrapped = open().wrap(SECRET, "LTAI1");
        MasterKeyFile other = MasterKeyFile.openOrCreate(folder.resolve("other.key"), RANDOM);
        assertThatThrownBy(() -> other.unwrap(wrapped, "LTAI1"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aChangeOfAnyByteIsNoticed() throws IOException {
        MasterKeyFile key = open();
        byte[] wrapped = Base64.getDecoder().decode(key.wrap("a", "LTAI1"));
        for (int i = 0; i < wrapped.length; i++) {
            byte[] changed = wrapped.clone();
            changed[i] ^= 1;
            String text = Base64.getEncoder().encodeToString(changed);
            assertThatThrownBy(() -> key.unwrap(text, "LTAI1"))
                    .as("byte %d", i)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AQ==", "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==", "no base64!"})
    void whatIsTooShortOrNoBase64IsRefused(String wrapped) throws IOException {
        MasterKeyFile key = open();
        assertThatThrownBy(() -> key.unwrap(wrapped, "LTAI1"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theFileIsItsOwnersAloneAndNothingElseIsLeft() throws IOException {
        open();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file)).matches("[0-9a-f]{64}\n");
        try (var entries = Files.list(folder)) {
            assertThat(entries).containsExactly(file);
        }
    }

    @Test
    void whatACrashLeftHalfMadeIsMadeAnew() throws IOException {
        Files.writeString(folder.resolve("master.key.new"), "0123");
        MasterKeyFile key = open();
        assertThat(key.unwrap(key.wrap(SECRET, "LTAI1"), "LTAI1")).isEqualTo(SECRET);
        assertThat(folder.resolve("master.key.new")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----"})
    void aFileThatIsOpenToOthersIsRefused(String permissions) throws IOException {
        open();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        assertThatThrownBy(this::open)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(permissions)
                .hasMessageContaining("chmod 600");
    }

    @Test
    void aFileThatItsOwnerMayOnlyReadIsTaken() throws IOException {
        String wrapped = open().wrap(SECRET, "LTAI1");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
        assertThat(open().unwrap(wrapped, "LTAI1")).isEqualTo(SECRET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00ff",
                "key: 0123456789abcdef",
                "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff00"
            })
    void aMalformedFileIsRefusedAndNeitherShownNorReplaced(String content) throws IOException {
        open();
        Files.writeString(file, content);
        assertThatThrownBy(this::open)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("64 hexadecimal digits")
                .satisfies(e ->
                        assertThat(content.isEmpty() || !e.toString().contains(content)).isTrue());
        assertThat(Files.readString(file)).isEqualTo(content);
    }

    private MasterKeyFile open() throws IOException {
        return MasterKeyFile.openOrCreate(file, RANDOM);
    }
}

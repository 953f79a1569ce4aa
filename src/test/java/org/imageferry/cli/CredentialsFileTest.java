package org.imageferry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CredentialsFileTest {
    @TempDir Path folder;

    private void file(String permissions, String text) throws IOException {
        Path file = folder.resolve("credentials");
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    @Test
    void theEnvironmentComesFirst() throws Exception {
        file("rw-------", "AccessKeyId=file\nAccessKeySecret=s\n");
        Map<String, String> environment =
                Map.of(
                        "ALIBABA_CLOUD_ACCESS_KEY_ID", "environment",
                        "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "s");

        assertThat(CredentialsFile.find(environment, folder).id()).isEqualTo("environment");
    }

    @Test
    void theDataFoldersFileComesNext() throws Exception {
        file("rw-------", "AccessKeyId = file\nAccessKeySecret=a=b\n");

        assertThat(CredentialsFile.find(Map.of(), folder).id()).isEqualTo("file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----"})
    void aFileThatOthersCanOpenIsRefused(String permissions) throws Exception {
        file(permissions, "AccessKeyId=file\nAccessKeySecret=s\n");

        assertThatThrownBy(() -> CredentialsFile.find(Map.of(), folder))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("chmod 600");
    }

    @Test
    void halfAKeyIsRefused() throws Exception {
        file("rw-------", "AccessKeyId=file\n");

        assertThatThrownBy(() -> CredentialsFile.find(Map.of(), folder))
                .hasMessageContaining("lacks one of the lines");
        assertThatThrownBy(() ->
                        CredentialsFile.find(Map.of("ALIBABA_CLOUD_ACCESS_KEY_ID", "x"), folder))
                .hasMessageContaining("set both, or neither");
    }

    @Test
    void withoutAnyItSaysWhereToLook() {
        assertThatThrownBy(() -> CredentialsFile.find(Map.of(), folder))
                .hasMessageContaining("ALIBABA_CLOUD_ACCESS_KEY_ID")
                .hasMessageContaining(folder.resolve("credentials").toString())
                .hasMessageContaining("--data");
    }
}

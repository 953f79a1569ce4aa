package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Predicate;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Objects that change under an import, or are not what they were said to be, never become an image
/// of other bytes; what went wrong is said.
final class HostileImportTest {
    private static final String REGION = "cn-hangzhou";
    private static final String KEY = "disk.raw";
    private static final int SMALL_BYTES = 1 << 20;

    @TempDir private Path folder;
    private ServerProcess server;
    private Wire wire;
    private Path object;

    @BeforeEach
    void start() throws Exception {
        Path data = folder.resolve("data");
        server = ServerProcess.launch(data).ready();
        wire = Wire.to(server.endpoint(), data);
        wire.upload(RealServer.disk(folder.resolve(KEY), SMALL_BYTES), REGION, KEY);
        try (var all = Files.walk(data.resolve("buckets"))) {
            object = all.filter(it -> it.endsWith(KEY)).findFirst().orElseThrow();
        }
    }

    @AfterEach
    void stop() throws InterruptedException {
        server.close();
    }

    @Test
    void anObjectThatIsTruncatedMeanwhileFailsTheImport() throws Exception {
        assertFails(
                importWhile(() -> {
                    try (FileChannel channel = FileChannel.open(object, StandardOpenOption.WRITE)) {
                        channel.truncate(channel.size() / 2);
                    }
                }));
    }

    @Test
    void anObjectThatIsWrittenToMeanwhileFailsTheImport() throws Exception {
        assertFails(
                importWhile(() -> {
                    try (FileChannel channel = FileChannel.open(object, StandardOpenOption.WRITE)) {
                        channel.write(ByteBuffer.wrap(new byte[4096]), channel.size() - 8192);
                    }
                }));
    }

    @Test
    void anObjectThatIsReplacedMeanwhileFailsTheImport() throws Exception {
        Path other = object.resolveSibling("other");
        TestDisk.make(other, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20);
        assertFails(
                importWhile(() -> Files.move(other, object, StandardCopyOption.REPLACE_EXISTING)));
    }

    @Test
    void anObjectThatIsDeletedMeanwhileFailsTheImport() throws Exception {
        assertFails(importWhile(() -> Files.delete(object)));
    }

    private interface Mischief {
        void run() throws IOException;
    }

    /// Imports a disk of many parts.
    ///
    /// @return the image whose first part was in when the mischief was done
    private String importWhile(Mischief mischief) throws Exception {
        Files.delete(object);
        TestDisk.make(object, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        String image = wire.image(Wire.importing(REGION, KEY, "tricked"));
        Patience.until("the first part", () -> server.logged("part done").findAny().isPresent());
        mischief.run();
        return image;
    }

    /// The image says why and what to do; its name and its snapshots are free.
    private void assertFails(String image) throws Exception {
        assertThat(wire.outcome(REGION, image)).contains(KEY).contains("import it anew");
        assertThat(wire.find(REGION, image).orElseThrow().status()).isEqualTo("CreateFailed");
        assertThat(wire.snapshots(REGION)).isEmpty();
        wire.upload(RealServer.disk(folder.resolve("small"), SMALL_BYTES), REGION, "small");
        String again = wire.image(Wire.importing(REGION, "small", "tricked"));
        assertThat(wire.outcome(REGION, again)).isEqualTo("Available");
        assertThat(wire.taskOutcome(REGION, wire.verify(REGION))).isEqualTo("Finished");
    }

    @Test
    void anObjectOfAnotherFormatIsRefusedUnlessCalledRaw() throws Exception {
        for (String head : new String[] {"QFI\u00fb\0\0\0\3", "KDMV", "vhdxfile", "conectix"}) {
            byte[] content = new byte[1 << 20];
            byte[] magic = head.getBytes(StandardCharsets.ISO_8859_1);
            System.arraycopy(magic, 0, content, 0, magic.length);
            Files.write(object.resolveSibling("strange"), content);
            assertRefused(importing("strange", ""), it -> it.startsWith("InvalidImageFormat"));
            assertRefused(importing("strange", "QCOW2"), it -> it.startsWith("InvalidImageFormat"));
        }
        String image = wire.image(importing("strange", "RAW"));
        assertThat(wire.outcome(REGION, image)).isEqualTo("Available");
    }

    @Test
    void whatIsNoObjectIsRefused() throws Exception {
        Files.write(object.resolveSibling("empty"), new byte[0]);
        Files.createDirectory(object.resolveSibling("folder"));
        for (String key :
                new String[] {
                    "empty", "folder", "nothing", "../images/" + KEY, "/etc/passwd", "a\0b"
                }) {
            assertRefused(importing(key, "RAW"), it -> it.startsWith("Invalid"));
        }
        assertThat(wire.images(REGION)).isEmpty();
    }

    /// It could lead to any file that the server may read.
    @Test
    void aSymbolicLinkIsNotFollowed() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "secret".repeat(1000));
        Files.createSymbolicLink(object.resolveSibling("link"), secret);
        assertThatExceptionOfType(EcsFailure.class)
                .isThrownBy(() -> wire.image(importing("link", "RAW")))
                .withMessageContaining("symbolic link");
        assertThat(wire.images(REGION)).isEmpty();
    }

    private static Call importing(String key, String format) {
        return Wire.importing(REGION, key, "strange").with("DiskDeviceMapping.1.Format", format);
    }

    private void assertRefused(Call call, Predicate<String> code) {
        assertThatExceptionOfType(EcsFailure.class)
                .as("%s", call.parameters())
                .isThrownBy(() -> wire.image(call))
                .satisfies(e -> assertThat(e.status()).as(e.reason()).isBetween(400, 499))
                .satisfies(e -> assertThat(e.code()).matches(code));
    }
}

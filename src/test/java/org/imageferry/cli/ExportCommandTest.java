package org.imageferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ExportCommandTest extends CommandTest {
    private final byte[] content = new byte[20 << 20];
    private String image = "";

    @BeforeEach
    void anImage() {
        for (int at = 0; at < content.length; at++) {
            content[at] = (byte) ((at * 31) >> 7);
        }
        image = scene().cloud().anImage(SHANGHAI, "golden", content);
    }

    private int export(Path file, String... more) {
        String[] first = {"export", image, "--region", SHANGHAI, "--output", file.toString()};
        String[] all = Arrays.copyOf(first, first.length + more.length);
        System.arraycopy(more, 0, all, first.length, more.length);
        return scene().run(all);
    }

    @Test
    void writesTheDiskIntoAFile() throws IOException {
        Path file = folder.resolve("out.raw");

        assertThat(export(file)).isZero();

        assertThat(file).hasBinaryContent(content);
        assertThat(scene().out())
                .isEqualTo(
                        "IMAGE  FILE"
                                + " ".repeat(file.toString().length() - 4)
                                + "     BYTES\nm-1    "
                                + file
                                + "  20971520\n");
    }

    @Test
    void readsBoundedRangesAndTidiesUp() {
        export(folder.resolve("out.raw"));

        assertThat(scene().server().requests("GetObject")).hasSize(3);
        assertThat(scene().cloud().buckets().objects()).isEmpty();
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void aDiskThatEndsWithAHoleKeepsItsLength() throws IOException {
        FakeObject hole = new FakeObject(5 << 20);
        hole.put(0, new byte[] {1});
        scene().cloud().buckets().objects().put(SHANGHAI + "/hole", hole);
        Path file = folder.resolve("out.raw");
        try (CommandLineScene _ = scene()) {
            Api api = scene().program().api();
            new FileDownload(scene().surroundings(), api).run(api.object(SHANGHAI, "hole"), file);
        } catch (Exception e) {
            throw new AssertionError(e);
        }

        byte[] expected = new byte[5 << 20];
        expected[0] = 1;
        assertThat(file).hasBinaryContent(expected);
    }

    @Test
    void asksForTheFormatThatTheFileIsToHave() {
        export(folder.resolve("out.raw"));
        var usual = scene().server().requests("ExportImage").getLast();
        assertThat(usual.get("ImageFormat")).isEqualTo("raw");
        assertThat(usual.get("Compressed")).isEmpty();

        export(folder.resolve("out.qcow2"), "--format", "qcow2", "--compress");
        var packed = scene().server().requests("ExportImage").getLast();
        assertThat(packed.get("ImageFormat")).isEqualTo("qcow2");
        assertThat(packed.get("Compressed")).isEqualTo("true");
    }

    @Test
    void jsonNamesTheFile() {
        Path file = folder.resolve("out.raw");

        assertThat(export(file, "-o", "json")).isZero();

        assertThat(scene().json().path("File").asString()).isEqualTo(file.toString());
        assertThat(scene().json().path("Bytes").asLong()).isEqualTo(content.length);
    }

    @Test
    void anExistingFileIsKeptUnlessForced() throws IOException {
        Path file = Files.writeString(folder.resolve("out.raw"), "precious");

        assertThat(export(file)).isEqualTo(1);
        assertThat(file).hasContent("precious");
        assertThat(scene().err()).contains("exists; choose another, or replace it with --force");

        assertThat(export(file, "--force")).isZero();
        assertThat(file).hasBinaryContent(content);
    }

    @Test
    void aDownloadThatFailsLeavesNoFile() {
        scene().server().fail("GetObject", 404, "InvalidOSSObject.NotFound", "Gone.");
        Path file = folder.resolve("out.raw");

        assertThat(export(file)).isEqualTo(1);

        assertThat(folder).isEmptyDirectory();
        assertThat(scene().cloud().buckets().objects()).isEmpty();
    }

    @Test
    void aDiskThatIsNotThereIsNamed() {
        assertThat(export(folder.resolve("out.raw"), "--disk", "3")).isEqualTo(1);

        assertThat(scene().err()).contains("m-1 has no disk 3; 'imageferry show m-1' lists");
    }

    @Test
    void anExportThatFailsSaysWhy() {
        scene().cloud().tasksFail(SHANGHAI, "block ab is damaged");

        assertThat(export(folder.resolve("out.raw"))).isEqualTo(1);

        assertThat(scene().err()).contains("block ab is damaged");
    }
}

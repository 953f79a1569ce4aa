package org.imageferry.ecs.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.imageferry.ecs.RawHttp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

final class ExportFormatsTest {
    private final ActionScene scene = new ActionScene();

    @AfterEach
    void stop() throws Exception {
        scene.close();
    }

    private RawHttp.Reply export(String format, String compressed) {
        return scene.ask(
                "ExportImage",
                "RegionId",
                ActionScene.HANGZHOU,
                "ImageId",
                scene.image("golden").value(),
                "OSSBucket",
                "images",
                "ImageFormat",
                format,
                "Compressed",
                compressed);
    }

    @ParameterizedTest
    @CsvSource({"raw, false", "QCOW2, false", "qcow2, true", "vhd, false"})
    void anExportIsNamedForItsFormat(String format, String compressed) {
        String task = export(format, compressed).json().path("TaskId").asString();

        JsonNode shown =
                scene.call(
                        "DescribeTaskAttribute", "RegionId", ActionScene.HANGZHOU, "TaskId", task);
        String title = format.toLowerCase(Locale.ROOT);
        assertThat(shown.path("OperationProgressSet").toString())
                .contains(task + "." + title)
                .contains("{\"Name\":\"ImageFormat\",\"Value\":\"" + title + "\"}");
    }

    @ParameterizedTest
    @CsvSource({"vdi, false", "vmdk, false", "vmdk, true", "raw, true", "vhd, true"})
    void whatIsNotWrittenIsRefusedWithAdvice(String format, String compressed) {
        RawHttp.Reply reply = export(format, compressed);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("InvalidImageFormat.Malformed");
        assertThat(reply.json().path("Recommend").asString()).contains("raw, qcow2 or vhd");
    }
}

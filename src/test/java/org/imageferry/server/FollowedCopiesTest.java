package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.imageferry.ecs.client.Call;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `imageferry copies --follow`, as a process that is ended by Ctrl-C.
class FollowedCopiesTest {
    @TempDir Path folder;

    @Test
    void itEndsByCtrlCWithZeroAndWithoutAWord() throws Exception {
        try (RealServer server = new RealServer(folder, 1 << 20)) {
            Wire wire = server.wire();
            String before =
                    wire.call(Call.own("DescribeEvents").with("FromNow", "true"))
                            .path("LastEventId")
                            .asString();
            String endpoint = server.process().endpoint();
            Program program = new Program(folder, Map.of("IMAGEFERRY_ENDPOINT", endpoint));
            try (Program.Running following =
                    program.start(
                            "copies",
                            "--follow",
                            "--all",
                            "--after",
                            before,
                            "--data",
                            server.data())) {
                String image =
                        wire.image(Wire.importing(RealServer.SOURCE, RealServer.OBJECT, "golden"));
                assertThat(wire.outcome(RealServer.SOURCE, image)).isEqualTo("Available");
                Patience.until("the event", () -> following.said().contains("import.finished"));

                Program.Ran ended = following.interrupt();

                assertThat(ended.code()).isZero();
                assertThat(ended.out()).contains(image).hasLineCount(1);
                assertThat(ended.err()).isEmpty();
            }
        }
    }
}

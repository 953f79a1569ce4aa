package org.imageferry.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// What tests of commands share: a scene, and a folder for files.
abstract class CommandTest {
    static final String HANGZHOU = "cn-hangzhou";
    static final String SHANGHAI = "cn-shanghai";
    static final String FRANKFURT = "eu-central-1";

    @TempDir Path folder;

    private CommandLineScene scene;

    final CommandLineScene scene() {
        return scene;
    }

    @BeforeEach
    final void begin() throws IOException {
        scene = new CommandLineScene();
    }

    @AfterEach
    final void end() {
        scene.close();
    }
}

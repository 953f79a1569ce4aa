package org.imageferry;

import java.io.IOException;
import org.imageferry.cli.Imageferry;

/// Starts the program.
public final class Main {
    private Main() {}

    static void main(String[] args) {
        Imageferry program =
                new Imageferry(_ -> {
                    throw new IOException("this build holds no server");
                });
        System.exit(program.run(args));
    }
}

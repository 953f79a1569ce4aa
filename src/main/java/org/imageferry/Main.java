package org.imageferry;

import org.imageferry.cli.Imageferry;
import org.imageferry.server.CatalogRebuild;
import org.imageferry.server.EmbeddedServer;
import org.imageferry.server.MasterKeys;
import org.imageferry.server.Relocator;

/// Starts the program. Here, and nowhere else, meet the command line and the server.
public final class Main {
    private Main() {}

    static void main(String[] args) {
        System.exit(
                new Imageferry(
                                EmbeddedServer::start,
                                MasterKeys::rotate,
                                CatalogRebuild::rebuild,
                                new Relocator())
                        .run(args));
    }
}

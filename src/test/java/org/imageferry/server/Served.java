package org.imageferry.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.imageferry.ecs.client.EcsFailure;

/// What serves the clients of a test in which servers die: one server, or several nodes.
interface Served {
    /// The first is where disks are imported.
    List<String> regions();

    /// To a server that answers, as far as anybody knows.
    Wire wire();

    /// Whether it is worth while to go on asking.
    boolean alive();

    /// Whether nobody knows what became of a call that failed so.
    boolean leavesOpen(EcsFailure failure);

    /// The folder of all buckets.
    Path buckets();

    /// How many segments and manifests the region's store really holds.
    long objects(String region) throws IOException;
}

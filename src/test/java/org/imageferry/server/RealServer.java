package org.imageferry.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.imageferry.store.Extent;

/// A server in a process of its own over an empty data folder, with a disk image in a bucket.
final class RealServer implements AutoCloseable {
    static final String SOURCE = "cn-hangzhou";
    static final String BUCKET = "images";
    static final String OBJECT = "disk.raw";

    private static final int UPLOAD_BYTES = 4 << 20;

    private final Path data;
    private final Ground ground;
    private final ServerProcess process;
    private final Credentials credentials;
    private final Wire wire;

    /// Stands on its data folder, whatever the others do.
    ///
    /// @param folder where nothing is yet, or a data folder `data` that the disk was not put into
    /// @param diskBytes how large the disk image is; none of it can be compressed
    /// @param options of `imageferry serve`
    RealServer(Path folder, int diskBytes, String... options) throws Exception {
        this(folder, diskBytes, Ground.folder(), options);
    }

    /// @param ground that it stands on; it goes when the server ends
    RealServer(Path folder, int diskBytes, Ground ground, String... options) throws Exception {
        this.data = folder.resolve("data");
        this.ground = ground;
        this.process = ground.launch(data, options).ready();
        this.credentials =
                Credentials.find(Map.of(), data.resolve("credentials"), new SecureRandom());
        this.wire = Wire.to(process.endpoint(), data);
        ground.awaitRegions(wire);
        wire.upload(disk(folder.resolve(OBJECT), diskBytes), SOURCE, OBJECT);
    }

    /// A disk image that can't be compressed.
    static TestDisk disk(Path file, int length) throws IOException {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return diskOf(Files.write(file, bytes), length);
    }

    /// A disk image that was written already.
    static TestDisk diskOf(Path file, int length) {
        List<Extent> extents = new ArrayList<>();
        for (int at = 0; at < length; at += UPLOAD_BYTES) {
            extents.add(new Extent(at, Math.min(UPLOAD_BYTES, length - at)));
        }
        return new TestDisk(file, length, extents);
    }

    Path data() {
        return data;
    }

    /// Of its catalog, for JDBC.
    String catalogUrl() {
        return ground.url(data);
    }

    ServerProcess process() {
        return process;
    }

    Wire wire() {
        return wire;
    }

    String accessKeyId() {
        return credentials.accessKeyId();
    }

    String secret() {
        return credentials.secret();
    }

    @Override
    public void close() throws InterruptedException {
        process.close();
        ground.close();
    }
}

package org.imageferry.store.s3;

import java.nio.ByteBuffer;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.imageferry.store.StoreException;
import org.imageferry.store.StoreException.Kind;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Writes objects that are not there yet, and only those.
///
/// Where the server can, it decides (`If-None-Match: *`). Some refuse that header (Swift: 501), others
/// ignore it and overwrite. Which kind this one is, is asked once, with an object of its own. Where it
/// can't, we look before we write, one writer of a name at a time in this process; across processes
/// names are each writer's own. Source: Amazon S3 API, PutObject.
final class CreateOnce {
    /// No object of a store begins with a dot.
    private static final String PROBE = ".create-once";

    private static final int LOCKS = 64;
    private static final int EXISTS = 412;
    private static final int UNSUPPORTED = 501;

    /// An object that is taken may go before it is compared; then the name is free.
    private static final int MOST_LOOKS = 3;

    private enum Way {
        NOT_ASKED,
        SERVER_DECIDES,
        LOOK_FIRST
    }

    private enum Put {
        DONE,
        TAKEN,
        UNSUPPORTED
    }

    private final S3Connection connection;
    private final S3Objects objects;
    private final Lock[] locks =
            Stream.generate(ReentrantLock::new).limit(LOCKS).toArray(Lock[]::new);
    private volatile Way way = Way.NOT_ASKED;

    CreateOnce(S3Connection connection, S3Objects objects) {
        this.connection = connection;
        this.objects = objects;
    }

    /// @throws StoreException `EXISTS` if the name is taken by other bytes
    void write(String name, ByteBuffer content) throws StoreException {
        if (way == Way.NOT_ASKED) {
            way = ask();
        }
        for (int looks = 1; ; looks++) {
            try {
                if (!create(name, content)) {
                    requireSame(name, content);
                }
                return;
            } catch (StoreException e) {
                if (e.kind() != Kind.MISSING || looks == MOST_LOOKS) {
                    throw e;
                }
            }
        }
    }

    /// Two writes of the same object: of the second, or of the first if it was there already, a server
    /// that decides says so.
    private Way ask() throws StoreException {
        ByteBuffer nothing = ByteBuffer.allocate(0);
        for (int writes = 0; writes < 2; writes++) {
            switch (put(PROBE, nothing, true)) {
                case TAKEN -> {
                    return Way.SERVER_DECIDES;
                }
                case UNSUPPORTED -> {
                    return Way.LOOK_FIRST;
                }
                case DONE -> {} // it was not there, or it was overwritten
            }
        }
        return Way.LOOK_FIRST;
    }

    /// @return whether it was not there
    private boolean create(String name, ByteBuffer content) throws StoreException {
        if (way == Way.SERVER_DECIDES) {
            return put(name, content, true) == Put.DONE;
        }
        Lock lock = locks[Math.floorMod(name.hashCode(), LOCKS)];
        lock.lock();
        try {
            return objects.length(name).isEmpty() && put(name, content, false) == Put.DONE;
        } finally {
            lock.unlock();
        }
    }

    private Put put(String name, ByteBuffer content, boolean once) throws StoreException {
        PutObjectRequest.Builder request =
                PutObjectRequest.builder()
                        .bucket(connection.place().bucket())
                        .key(connection.place().key(name))
                        .checksumCRC32C(Bodies.crc32c(content));
        if (once) {
            request.ifNoneMatch("*");
        }
        return connection.call(
                S3Operation.PUT,
                "write " + name,
                content.remaining(),
                client -> put(client, request.build(), content));
    }

    private static Put put(S3Client client, PutObjectRequest request, ByteBuffer content) {
        try {
            client.putObject(request, Bodies.of(content));
            return Put.DONE;
        } catch (S3Exception e) {
            return switch (e.statusCode()) {
                case EXISTS -> Put.TAKEN;
                case UNSUPPORTED -> Put.UNSUPPORTED;
                default -> throw e;
            };
        }
    }

    private void requireSame(String name, ByteBuffer content) throws StoreException {
        if (!objects.same(name, content)) {
            throw new StoreException(
                    Kind.EXISTS,
                    "cannot write "
                            + name
                            + " in "
                            + connection.place()
                            + " (it is there with other bytes): write under another name");
        }
    }
}

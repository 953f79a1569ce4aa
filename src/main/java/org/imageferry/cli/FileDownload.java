package org.imageferry.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.imageferry.ecs.client.BucketClient;
import org.imageferry.ecs.client.BucketClient.Stored;
import org.imageferry.ecs.client.BucketClient.Stretch;
import org.imageferry.ecs.client.EcsFailure;
import org.imageferry.ecs.client.RemoteObject;

/// Fetches an object into a sparse file, each range checked by its digest.
///
/// The file has its name only when it is whole and durable; until then it is called `….part`.
final class FileDownload {
    private static final int SIDE_BY_SIDE = 4;
    private static final int RANGE_BYTES = 8 << 20;

    private final Surroundings surroundings;
    private final BucketClient buckets;

    FileDownload(Surroundings surroundings, Api api) {
        this.surroundings = surroundings;
        this.buckets = api.buckets();
    }

    /// @return the file's length
    long run(RemoteObject object, Path target) throws EcsFailure, IOException, CommandFailure {
        Stored stored =
                buckets.find(object)
                        .orElseThrow(() ->
                                new CommandFailure(
                                        "the exported object %s is gone from bucket %s of"
                                                        .formatted(object.key(), object.bucket())
                                                + " %s; export again".formatted(object.region())));
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try (FileChannel channel =
                FileChannel.open(
                        part,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            fetch(object, stored, channel, target);
            setLength(channel, stored.length());
            channel.force(true);
        } catch (EcsFailure | IOException | RuntimeException e) {
            Files.deleteIfExists(part);
            throw e;
        }
        Files.move(
                part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return stored.length();
    }

    /// A file that ends with a hole gets its length from a last byte, which is zero.
    private static void setLength(FileChannel channel, long length) throws IOException {
        if (channel.size() < length) {
            write(channel, length - 1, new byte[1]);
        }
        if (channel.size() != length) {
            throw new IOException(
                    "the object was said to have %d bytes and has %d"
                            .formatted(length, channel.size()));
        }
    }

    private void fetch(RemoteObject object, Stored stored, FileChannel channel, Path target)
            throws EcsFailure, IOException {
        long total = stored.stretches().stream().mapToLong(Stretch::length).sum();
        AtomicLong done = new AtomicLong();
        Instant began = surroundings.clock().instant();
        List<String> label = List.of("download of " + target.getFileName());
        try (ProgressBars bars = new ProgressBars(surroundings, label)) {
            Speed speed = new Speed(surroundings.clock());
            InFlight flight =
                    new InFlight(
                            surroundings.workers(),
                            SIDE_BY_SIDE,
                            () -> {
                                surroundings.stopIfInterrupted();
                                bars.show(0, speed.at(done.get(), total));
                            });
            for (Stretch stretch : stored.stretches()) {
                long end = stretch.offset() + stretch.length();
                for (long at = stretch.offset(); at < end; at += RANGE_BYTES) {
                    long from = at;
                    int length = (int) Math.min(RANGE_BYTES, end - at);
                    flight.start(() -> {
                        write(channel, from, buckets.read(object, from, length));
                        done.addAndGet(length);
                    });
                }
            }
            flight.finish();
            Duration time = Duration.between(began, surroundings.clock().instant());
            String text = Sizes.bytes(total) + " of data downloaded in " + Sizes.time(time);
            bars.show(0, new BarState.Ended(true, text));
        }
    }

    private static void write(FileChannel channel, long offset, byte[] bytes) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
            channel.write(rest, offset + rest.position());
        }
    }
}

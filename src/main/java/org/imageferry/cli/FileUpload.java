package org.imageferry.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.imageferry.cli.Interruption.Guard;
import org.imageferry.ecs.client.Body;
import org.imageferry.ecs.client.BucketClient;
import org.imageferry.ecs.client.BucketClient.Arrived;
import org.imageferry.ecs.client.EcsFailure;
import org.imageferry.ecs.client.RemoteObject;

/// Brings a file's data into a bucket, without its holes and without what has arrived there already.
///
/// The pieces are cut at fixed places, so the same file gives the same pieces again: that is all that
/// going on after a break needs. Holds about a hundred MiB at most, whatever the file's length.
final class FileUpload {
    private static final int SIDE_BY_SIDE = 4;

    /// Half of what a call may carry: enough to be quick, and several fit into memory at once.
    private static final int WINDOW_BYTES = BucketClient.MOST_EXTENT_BYTES / 2;

    private final Surroundings surroundings;
    private final BucketClient buckets;
    private final Path file;
    private final RemoteObject object;

    FileUpload(Surroundings surroundings, Api api, Path file, String region) throws IOException {
        this.surroundings = surroundings;
        this.buckets = api.buckets();
        this.file = file;
        this.object = api.object(region, FileState.of(file).key());
    }

    /// @return the object, closed and durable
    RemoteObject run() throws EcsFailure, IOException, CommandFailure {
        FileState before = FileState.of(file);
        if (buckets.find(object).filter(o -> o.length() == before.length()).isPresent()) {
            return object;
        }
        try (Guard _ =
                surroundings.whenInterrupted(
                        "the upload was interrupted; the same command goes on from here")) {
            List<Arrived> arrived = send(buckets.arrived(object, before.length()));
            if (!FileState.of(file).equals(before)) {
                buckets.delete(object);
                throw new CommandFailure(
                        file + " was changed while it was read; try again when it is at rest");
            }
            buckets.close(object, before.length(), arrived);
        }
        return object;
    }

    /// What arrived before and is no piece of this file came from a server's or a program's other
    /// version: then all is thrown away and sent anew, once.
    private List<Arrived> send(List<Arrived> before) throws EcsFailure, IOException {
        Set<Arrived> known = new HashSet<>(before);
        List<Arrived> pieces = sendBeyond(known);
        if (pieces.containsAll(known)) {
            return pieces;
        }
        buckets.delete(object);
        return sendBeyond(Set.of());
    }

    private List<Arrived> sendBeyond(Set<Arrived> known) throws EcsFailure, IOException {
        ConcurrentLinkedQueue<Arrived> arrived = new ConcurrentLinkedQueue<>();
        AtomicLong done = new AtomicLong();
        Instant began = surroundings.clock().instant();
        try (SparseFile source = new SparseFile(file);
                ProgressBars bars = new ProgressBars(surroundings, List.of(label()))) {
            long total = source.dataBytes();
            Speed speed = new Speed(surroundings.clock());
            InFlight flight =
                    new InFlight(
                            surroundings.workers(),
                            SIDE_BY_SIDE,
                            () -> {
                                surroundings.stopIfInterrupted();
                                bars.show(0, speed.at(done.get(), total));
                            });
            int window = WINDOW_BYTES;
            for (long from = 0; from < source.length(); from += window) {
                for (SparseFile.Piece piece : source.pieces(from, from + window)) {
                    flight.start(() -> {
                        arrived.add(put(piece, source.length(), known));
                        done.addAndGet(piece.bytes().length);
                    });
                }
            }
            flight.finish();
            Duration time = Duration.between(began, surroundings.clock().instant());
            String text = Sizes.bytes(done.get()) + " of data uploaded in " + Sizes.time(time);
            bars.show(0, new BarState.Ended(true, text));
        }
        return List.copyOf(arrived);
    }

    private String label() {
        return "upload of " + file.getFileName();
    }

    private Arrived put(SparseFile.Piece piece, long length, Set<Arrived> known) throws EcsFailure {
        Body body = new Body(piece.bytes());
        Arrived arrived = new Arrived(piece.offset(), body.length(), body.sha256());
        return known.contains(arrived)
                ? arrived
                : buckets.put(object, length, piece.offset(), body);
    }
}

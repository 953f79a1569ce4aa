package org.imageferry.blocks;

import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.imageferry.domain.RegionId;
import org.imageferry.store.ObjectName;
import org.imageferry.store.RegionStore;
import org.imageferry.store.StoreException;

/// Whose store this is, as the store itself says; and how far its catalog had come.
///
/// With the generation and the last record a catalog that was restored from a backup finds out that it
/// is older than the store, before it deletes what it has forgotten.
///
/// @param installation the catalog that writes here: 32 hexadecimal digits
/// @param region whose blocks are here
public record StoreIdentity(String installation, RegionId region) {
    private static final Pattern INSTALLATION = Pattern.compile("[0-9a-f]{32}");
    private static final int MOST_BYTES = 64 << 10;

    public StoreIdentity {
        if (!INSTALLATION.matcher(installation).matches()) {
            throw new IllegalArgumentException("not an installation id: " + installation);
        }
    }

    /// @return nothing if the store says nothing yet: it is new
    /// @throws DamagedException if it says what this program does not understand, for instance because
    ///     a newer one wrote it
    public static Optional<StoreIdentity> read(RegionStore store)
            throws StoreException, DamagedException {
        ObjectName name = StoreLayout.installation();
        try {
            long length = store.length(name);
            new Inspection(name.value())
                    .require(length <= MOST_BYTES, "it is " + length + " bytes long");
            ByteBuffer bytes = ByteBuffer.allocate((int) length);
            store.read(name, 0, bytes);
            return Optional.of(IdentityJson.parse(bytes.array()));
        } catch (StoreException e) {
            if (e.kind() == StoreException.Kind.MISSING) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /// Marks the store as this installation's. Does nothing if it is that already.
    ///
    /// @throws StoreException `EXISTS` if it is another's
    public void write(RegionStore store) throws StoreException {
        store.write(StoreLayout.installation(), ByteBuffer.wrap(IdentityJson.of(this)));
    }

    /// The highest generation that the store has seen; 0 if none.
    public static long generation(RegionStore store) throws StoreException {
        return highest(store, StoreLayout.GENERATIONS, StoreLayout::generationNumber);
    }

    /// Raises the store's generation, and forgets lower ones. A crash in between leaves both, which is
    /// as good.
    ///
    /// @param generation does nothing if the store has seen a higher one
    public static void raise(RegionStore store, long generation) throws StoreException {
        String text = generation + "\n";
        ByteBuffer content = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
        store.write(StoreLayout.generation(generation), content);
        long highest = generation(store);
        for (ObjectName name : generations(store)) {
            if (StoreLayout.generationNumber(name).orElse(highest) < highest) {
                store.delete(name);
            }
        }
    }

    private static List<ObjectName> generations(RegionStore store) throws StoreException {
        return listed(store, StoreLayout.GENERATIONS, Stream::toList);
    }

    /// The highest sequence of a record in the store; 0 if there is none.
    ///
    /// It asks about twenty folders whether anything is in them, and lists one. That is enough because
    /// records are written in order from 1, and [#dropRecord] leaves something in each folder before
    /// the last. Who deletes superseded records in another way makes it forget.
    public static long lastRecord(RegionStore store) throws StoreException {
        long empty = 0;
        while (holdsRecords(store, empty)) {
            empty = 2 * empty + 1;
        }
        long held = (empty - 1) / 2; // empty is 2^n - 1: the one asked before it
        while (held + 1 < empty) {
            long middle = (held + empty) / 2;
            if (holdsRecords(store, middle)) {
                held = middle;
            } else {
                empty = middle;
            }
        }
        return highest(store, StoreLayout.recordShard(held), StoreLayout::recordSequence);
    }

    /// Deletes a record that a later one supersedes, unless it is the last of its folder: one in a
    /// thousand stays, so that [#lastRecord] need not list them all.
    public static void dropRecord(RegionStore store, long sequence) throws StoreException {
        if ((sequence + 1) % StoreLayout.SHARD_RECORDS != 0) {
            store.delete(StoreLayout.record(sequence));
        }
    }

    /// Of so many records in a row the last one is never dropped: that whose sequence is one less than a
    /// multiple of it.
    public static long keptRecordEvery() {
        return StoreLayout.SHARD_RECORDS;
    }

    private static boolean holdsRecords(RegionStore store, long shard) throws StoreException {
        return listed(
                store,
                StoreLayout.recordShard(shard),
                names -> names.anyMatch(name -> StoreLayout.recordSequence(name).isPresent()));
    }

    private static long highest(
            RegionStore store, String prefix, Function<ObjectName, OptionalLong> number)
            throws StoreException {
        return listed(
                store,
                prefix,
                names -> names.mapToLong(name -> number.apply(name).orElse(0)).max().orElse(0));
    }

    /// A list may fail when it is begun, and while it is read.
    private static <T> T listed(
            RegionStore store, String prefix, Function<Stream<ObjectName>, T> look)
            throws StoreException {
        try (Stream<ObjectName> names = store.list(prefix)) {
            return look.apply(names);
        } catch (UncheckedIOException e) {
            throw new StoreException(StoreException.Kind.FAILED, String.valueOf(e.getMessage()), e);
        }
    }
}

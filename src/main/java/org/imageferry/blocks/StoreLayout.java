package org.imageferry.blocks;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import org.imageferry.domain.ObjectId;
import org.imageferry.store.ObjectName;

/// How the objects of a region's store are called, there and back.
///
/// Segments and manifests are spread over 256 folders by their first byte, records over one folder a
/// thousand, so that no folder of a file system grows without bound.
public final class StoreLayout {
    public static final String SEGMENTS = "segments/";
    public static final String MANIFESTS = "manifests/";
    public static final String RECORDS = "records/";
    public static final String GENERATIONS = "generations/";
    static final long SHARD_RECORDS = 1000;
    private static final int MOST_DIGITS = 12;

    private StoreLayout() {}

    public static ObjectName segment(ObjectId id) {
        return spread(SEGMENTS, id);
    }

    public static ObjectName manifest(ObjectId id) {
        return spread(MANIFESTS, id);
    }

    /// @param sequence 0 to 10^12 - 1
    public static ObjectName record(long sequence) {
        String shard = recordShard(sequence / SHARD_RECORDS);
        return new ObjectName(String.format(Locale.ROOT, "%s%012d", shard, sequence));
    }

    /// The folder of a thousand records, those whose sequence divided by 1000 is `shard`.
    static String recordShard(long shard) {
        return String.format(Locale.ROOT, "%s%06d/", RECORDS, shard);
    }

    /// @param generation 0 to 10^12 - 1
    public static ObjectName generation(long generation) {
        return new ObjectName(String.format(Locale.ROOT, "%s%010d", GENERATIONS, generation));
    }

    public static ObjectName installation() {
        return new ObjectName("installation");
    }

    /// @return nothing if this is no segment's name
    public static Optional<ObjectId> segmentId(ObjectName name) {
        return id(SEGMENTS, name);
    }

    /// @return nothing if this is no manifest's name
    public static Optional<ObjectId> manifestId(ObjectName name) {
        return id(MANIFESTS, name);
    }

    /// @return nothing if this is no record's name
    public static OptionalLong recordSequence(ObjectName name) {
        return number(name, StoreLayout::record);
    }

    /// @return nothing if this is no generation's name
    public static OptionalLong generationNumber(ObjectName name) {
        return number(name, StoreLayout::generation);
    }

    private static ObjectName spread(String folder, ObjectId id) {
        String hex = id.toString();
        return new ObjectName(folder + hex.substring(0, 2) + '/' + hex);
    }

    private static Optional<ObjectId> id(String folder, ObjectName name) {
        String hex = lastOf(name);
        if (!hex.matches("[0-9a-f]{32}")) {
            return Optional.empty();
        }
        ObjectId id = ObjectId.parse(hex);
        return spread(folder, id).equals(name) ? Optional.of(id) : Optional.empty();
    }

    private static OptionalLong number(ObjectName name, LongFunction<ObjectName> namer) {
        String digits = lastOf(name);
        if (digits.length() > MOST_DIGITS || !digits.matches("[0-9]+")) {
            return OptionalLong.empty();
        }
        long number = Long.parseLong(digits);
        return namer.apply(number).equals(name) ? OptionalLong.of(number) : OptionalLong.empty();
    }

    private static String lastOf(ObjectName name) {
        return name.value().substring(name.value().lastIndexOf('/') + 1);
    }
}

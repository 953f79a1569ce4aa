package org.imageferry.copy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.imageferry.blocks.StoreIdentity;
import org.imageferry.blocks.StoreLayout;
import org.imageferry.catalog.Parts;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.Image;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.ObjectId;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Snapshot;
import org.imageferry.domain.SnapshotId;
import org.imageferry.store.MemoryRegionStore;
import org.imageferry.store.ObjectName;
import org.imageferry.store.StoreException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Looks at the stores when all is quiet and the garbage is out: each holds exactly what its snapshots
/// need, and its records tell exactly what the catalog knows.
final class LastLook {
    private static final JsonMapper JSON = new JsonMapper();

    private final Durable durable;
    private final Known known;
    private final RegionId region;
    private final MemoryRegionStore store;
    private final Rot rot;

    LastLook(Durable durable, Known known, RegionId region, Rot rot) {
        this.durable = durable;
        this.known = known;
        this.region = region;
        this.store = durable.store(region);
        this.rot = rot;
    }

    void look() throws StoreException {
        long generation = durable.catalog().read(tables -> tables.regions().generation(region));
        Rules.TIDY.require(
                generation == StoreIdentity.generation(store),
                "catalog and store of " + region + " differ in generation");
        List<ObjectName> records = new ArrayList<>();
        Set<ObjectName> there = new HashSet<>(store.objects());
        there.removeIf(name -> isRecord(name) && records.add(name));
        there.removeIf(name -> isOld(name, generation));
        Set<ObjectName> expected = durable.catalog().read(this::needed);
        expected.add(StoreLayout.installation());
        expected.add(StoreLayout.generation(generation));
        requireEqual(there, expected);
        Map<String, JsonNode> latest = latest(records);
        durable.catalog().read(tables -> requireTold(tables, latest));
    }

    private static boolean isRecord(ObjectName name) {
        return StoreLayout.recordSequence(name).isPresent();
    }

    /// A crash may leave older generations beside the newest.
    private static boolean isOld(ObjectName name, long generation) {
        return StoreLayout.generationNumber(name).orElse(generation) < generation;
    }

    private void requireEqual(Set<ObjectName> there, Set<ObjectName> expected) {
        Set<ObjectName> left = new HashSet<>(there);
        left.removeAll(expected);
        Rules.TIDY.require(left.isEmpty(), "garbage in " + region + ": " + left);
        Set<ObjectName> missing = new HashSet<>(expected);
        missing.removeAll(there);
        missing.removeIf(rot::lost);
        Rules.TIDY.require(missing.isEmpty(), "missing in " + region + ": " + missing);
    }

    private Set<ObjectName> needed(Tables tables) {
        Set<ObjectName> names = new HashSet<>();
        for (Known.KnownSnapshot snapshot : known.snapshots()) {
            for (Parts.Numbered numbered : tables.parts().of(snapshot.id())) {
                if (numbered.part().scope().region().equals(region)) {
                    for (ObjectId id : tables.parts().needs(numbered.part())) {
                        names.add(Verifier.nameOf(tables.objects().find(id).orElseThrow()));
                    }
                }
            }
        }
        return names;
    }

    /// The record of each subject that a rebuild would believe.
    private Map<String, JsonNode> latest(List<ObjectName> records) throws StoreException {
        Map<String, JsonNode> latest = new HashMap<>();
        for (ObjectName name : records) {
            ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(store.length(name)));
            store.read(name, 0, bytes);
            JsonNode record = JSON.readTree(bytes.array());
            latest.merge(
                    record.get("id").asString(),
                    record,
                    (one, other) -> revision(one) > revision(other) ? one : other);
        }
        return latest;
    }

    private static long revision(JsonNode record) {
        return record.get("revision").asLong();
    }

    private boolean requireTold(Tables tables, Map<String, JsonNode> latest) {
        for (Known.KnownImage image : known.images()) {
            if (image.region().equals(region)) {
                requireImage(tables.images().find(image.id()), image.id(), latest);
            }
        }
        for (Known.KnownSnapshot snapshot : known.snapshots()) {
            if (snapshot.region().equals(region)) {
                requireSnapshot(tables, snapshot.id(), latest);
            }
        }
        return true;
    }

    private static void requireImage(
            Optional<Image> image, ImageId id, Map<String, JsonNode> latest) {
        Optional<JsonNode> record = living(latest, id.value());
        boolean available = image.filter(Image::whole).isPresent();
        Rules.TIDY.require(available == record.isPresent(), "records tell otherwise of " + id);
        if (available) {
            Rules.TIDY.require(
                    record.get().get("name").asString().equals(image.get().name().value())
                            && revision(record.get()) == image.get().revision(),
                    "an old record of " + id);
        }
    }

    private static void requireSnapshot(
            Tables tables, SnapshotId id, Map<String, JsonNode> latest) {
        Optional<JsonNode> record = living(latest, id.value());
        Optional<Snapshot> snapshot = tables.snapshots().find(id).filter(Snapshot::accomplished);
        Rules.TIDY.require(
                snapshot.isPresent() == record.isPresent(), "records tell otherwise of " + id);
        if (record.isPresent()) {
            List<String> told =
                    StreamSupport.stream(record.get().get("parts").spliterator(), false)
                            .map(part -> part.get("manifest").asString())
                            .toList();
            List<String> parts =
                    tables.parts().of(id).stream()
                            .map(numbered -> numbered.part().manifest().toString())
                            .toList();
            Rules.TIDY.require(told.equals(parts), "a record tells of other parts of " + id);
        }
    }

    private static Optional<JsonNode> living(Map<String, JsonNode> latest, String id) {
        return Optional.ofNullable(latest.get(id)).filter(record -> !record.has("deleted"));
    }
}

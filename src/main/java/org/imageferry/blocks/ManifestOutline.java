package org.imageferry.blocks;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.imageferry.domain.BlockLocation;
import org.imageferry.domain.Digest;
import org.imageferry.domain.ObjectId;
import org.imageferry.domain.Scope;

/// What a manifest says without its scope's key: which blocks the part needs, and where they lay. Enough
/// to keep them, to look whether they are there, and to find them again.
///
/// In a sealed scope nothing but the manifest's checksum vouches for it: it proves that the manifest is
/// as it was written, not who wrote it.
///
/// @param names of the blocks in their scope, in the order of the part
/// @param places of the same blocks
public record ManifestOutline(List<Digest> names, List<BlockLocation> places) {
    public ManifestOutline {
        names = List.copyOf(names);
        places = List.copyOf(places);
    }

    /// @param bytes a whole manifest from position to limit, which stay as they are
    /// @param id of the manifest, to say of what it is that is damaged
    /// @throws DamagedException if it is not a manifest of the scope, as it was written
    public static ManifestOutline read(ByteBuffer bytes, Scope scope, ObjectId id)
            throws DamagedException {
        Inspection manifest = new Inspection("manifest " + id);
        ManifestFormat.Sections sections = ManifestFormat.sections(bytes, scope, manifest);
        List<Digest> names = new ArrayList<>();
        List<BlockLocation> places = new ArrayList<>();
        ByteBuffer clear = sections.clear();
        ByteBuffer place = sections.places();
        while (place.hasRemaining()) {
            if (!sections.sealed()) {
                clear.position(clear.position() + 2 * Integer.BYTES); // page and length
            }
            names.add(Digest.of(clear));
            ObjectId segment = sections.segments().get(place.getInt());
            places.add(new BlockLocation(segment, place.getInt()));
        }
        return new ManifestOutline(names, places);
    }
}

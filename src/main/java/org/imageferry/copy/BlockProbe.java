package org.imageferry.copy;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.imageferry.blocks.BlockDecoder;
import org.imageferry.blocks.DamagedException;
import org.imageferry.blocks.EncodedBlock;
import org.imageferry.blocks.FooterCache;
import org.imageferry.blocks.PageCutter;
import org.imageferry.blocks.Seal;
import org.imageferry.blocks.SegmentFooter;
import org.imageferry.blocks.Sha256;
import org.imageferry.blocks.StoreLayout;
import org.imageferry.domain.BlockLocation;
import org.imageferry.domain.Digest;
import org.imageferry.domain.Scope;
import org.imageferry.store.RegionStore;
import org.imageferry.store.StoreException;

/// Reads single blocks of a scope, and tells whether they are what they should be: by decoding them, or,
/// where that takes a key that can't be used now, by their checksums. One per thread.
final class BlockProbe implements AutoCloseable {
    private final RegionStore store;
    private final Scope scope;
    private final FooterCache footers;
    private final Optional<BlockDecoder> decoder;
    private final ByteBuffer content = ByteBuffer.allocate(PageCutter.MOST_BYTES);

    /// @param seal of the scope, if its key can be used
    BlockProbe(RegionStore store, Scope scope, Optional<Seal> seal, FooterCache footers) {
        this.store = store;
        this.scope = scope;
        this.footers = footers;
        this.decoder = seal.map(BlockDecoder::new);
    }

    /// Whether it decodes what it reads.
    boolean decodes() {
        return decoder.isPresent();
    }

    /// @return the block as it is stored there, in a buffer of its own
    /// @throws DamagedException if there is another, none, or not what was written
    EncodedBlock read(Digest name, BlockLocation place) throws StoreException, DamagedException {
        SegmentFooter footer = footers.get(store, place.segment());
        Optional<SegmentFooter.Entry> found =
                footer.find(place.ordinal(), name).filter(_ -> footer.scope().equals(scope));
        if (found.isEmpty()) {
            throw new DamagedException(
                    "segment " + place.segment(),
                    "block " + name + " is not its block " + place.ordinal());
        }
        SegmentFooter.Entry entry = found.get();
        ByteBuffer stored = ByteBuffer.allocate(entry.storedLength());
        store.read(StoreLayout.segment(place.segment()), entry.offset(), stored);
        check(entry, stored.flip());
        return new EncodedBlock(name, entry.length(), entry.codec(), entry.checksum(), stored);
    }

    private void check(SegmentFooter.Entry entry, ByteBuffer stored) throws DamagedException {
        if (!new Sha256().of(stored).equals(entry.checksum())) {
            throw new DamagedException(
                    "block " + entry.name(), "its stored bytes have another checksum");
        }
        if (decoder.isPresent()) {
            decoder.get().decode(entry, stored, content.clear());
        }
    }

    @Override
    public void close() {
        decoder.ifPresent(BlockDecoder::close);
    }
}

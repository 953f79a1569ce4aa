package org.imageferry.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/// Unpacks clusters, and keeps the last one: disks are read in order, in pieces that need not end where
/// a cluster does.
final class LastUnpacked {
    private final FormatFile file;

    /// Guarded by this, as are the bytes.
    private Optional<PackedCluster> last = Optional.empty();

    private byte[] bytes = new byte[0];

    LastUnpacked(FormatFile file) {
        this.file = file;
    }

    /// Fills `into` from its position to its limit with the cluster's bytes from `skip` on.
    synchronized void read(PackedCluster cluster, int skip, ByteBuffer into) throws IOException {
        if (!last.equals(Optional.of(cluster))) {
            last = Optional.empty(); // its bytes are about to go, whatever comes
            unpack(cluster);
            last = Optional.of(cluster);
        }
        into.put(bytes, skip, into.remaining());
    }

    private void unpack(PackedCluster cluster) throws IOException {
        if (bytes.length != cluster.bytes()) {
            bytes = new byte[cluster.bytes()];
        }
        ByteBuffer packed = ByteBuffer.allocate(cluster.packedBytes());
        file.read(cluster.offset(), packed);
        try {
            cluster.packing().unpack(packed.array(), bytes);
        } catch (IOException e) {
            FormatException broken =
                    file.broken(
                            "the compressed cluster at byte %d can't be unpacked, %s"
                                    .formatted(cluster.offset(), e.getMessage()));
            broken.initCause(e);
            throw broken;
        }
    }
}

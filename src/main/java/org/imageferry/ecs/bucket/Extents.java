package org.imageferry.ecs.bucket;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.List;
import org.imageferry.domain.Digest;
import org.imageferry.ecs.Sha256;
import org.imageferry.store.Extent;
import org.imageferry.store.Upload;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// How extents are written down and proved.
final class Extents {
    private Extents() {}

    static ObjectNode tree() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ObjectNode add(ArrayNode to, Extent extent) {
        return to.addObject().put("Offset", extent.offset()).put("Length", extent.length());
    }

    /// The SHA-256 over offset, length (8 bytes each, big-endian) and digest of each extent in order:
    /// when both sides have the same, the server has what the sender sent, all of it and nothing else.
    static Digest digest(List<Upload.Arrived> extents) {
        MessageDigest sha = Sha256.fresh();
        ByteBuffer row = ByteBuffer.allocate(2 * Long.BYTES + Digest.BYTES);
        for (Upload.Arrived arrived : extents) {
            row.clear();
            row.putLong(arrived.extent().offset()).putLong(arrived.extent().length());
            arrived.digest().putTo(row);
            sha.update(row.array());
        }
        return Digest.of(sha.digest());
    }
}

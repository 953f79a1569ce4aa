package org.imageferry.store.file;

import java.nio.ByteBuffer;
import org.imageferry.domain.ObjectKey;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.store.Extent;

/// An object to be uploaded.
record AnnouncedObject(ObjectKey key, long length) {
    AnnouncedObject {
        if (length < 0) {
            throw refusal(key, "an object can't have " + length + " bytes");
        }
    }

    /// @throws RefusedException if `content` does not fit at `offset`
    Extent extent(long offset, ByteBuffer content) {
        int bytes = content.remaining();
        if (offset < 0 || offset > length - bytes) {
            throw refusal(
                    key,
                    "%d bytes at %d are not inside its %d bytes".formatted(bytes, offset, length));
        }
        return new Extent(offset, bytes);
    }

    private static RefusedException refusal(ObjectKey key, String reason) {
        return new RefusedException(new Refusal.UploadMismatch(key, reason));
    }
}

package org.imageferry.copy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.imageferry.format.ImageFile;
import org.imageferry.store.BucketObject;
import org.imageferry.store.StoreException;

/// A bucket's object as the file that a disk image format reads.
record BucketFile(BucketObject object) implements ImageFile {
    @Override
    public long length() {
        return object.length();
    }

    @Override
    public List<Stretch> data(long from, long to) throws IOException {
        try {
            return object.extents(from, to).stream()
                    .map(extent -> new Stretch(extent.offset(), extent.length()))
                    .toList();
        } catch (StoreException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void read(long offset, ByteBuffer into) throws IOException {
        try {
            object.read(offset, into);
        } catch (StoreException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}

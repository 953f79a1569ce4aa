package org.imageferry.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/// A RAW image: the file is the disk.
record RawImage(ImageFile file) implements DiskImage {
    @Override
    public long length() {
        return file.length();
    }

    @Override
    public List<ImageFile.Stretch> data(long from, long to) throws IOException {
        return file.data(from, to);
    }

    @Override
    public void read(long offset, ByteBuffer into) throws IOException {
        file.read(offset, into);
    }
}

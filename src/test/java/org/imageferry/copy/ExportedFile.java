package org.imageferry.copy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.imageferry.domain.ExportFormat;
import org.imageferry.format.DiskImage;
import org.imageferry.format.ImageFormat;
import org.imageferry.store.BucketObject;

/// What an export wrote, as one reads it who gets it.
final class ExportedFile {
    private ExportedFile() {}

    /// The whole disk in the file; but for RAW its length is rounded up to sectors of 512 bytes.
    static byte[] disk(BucketObject object, ExportFormat format) {
        try {
            DiskImage disk = imageFormat(format).open(new BucketFile(object));
            ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(disk.length()));
            disk.read(0, bytes);
            return bytes.array();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ImageFormat imageFormat(ExportFormat format) {
        return switch (format) {
            case RAW -> ImageFormat.RAW;
            case QCOW2, QCOW2_COMPRESSED -> ImageFormat.QCOW2;
            case VHD -> ImageFormat.VHD;
        };
    }
}

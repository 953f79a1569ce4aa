package org.imageferry.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/// The small images among the resources, all of one disk.
public enum SampleImage {
    QCOW2_V2("qcow2-v2.img", ImageFormat.QCOW2),
    QCOW2_ZLIB("qcow2-v3-zlib.img", ImageFormat.QCOW2),
    QCOW2_ZSTD("qcow2-v3-zstd.img", ImageFormat.QCOW2),
    QCOW2_EXTENDED("qcow2-extended.img", ImageFormat.QCOW2),
    VHD_DYNAMIC("vhd-dynamic.img", ImageFormat.VHD),
    VHD_FIXED("vhd-fixed.img", ImageFormat.VHD),
    VHDX("vhdx.img", ImageFormat.VHDX),
    VMDK_SPARSE("vmdk-sparse.img", ImageFormat.VMDK),
    VMDK_STREAM("vmdk-stream.img", ImageFormat.VMDK),
    VDI("vdi.img", ImageFormat.VDI);

    private final String file;
    private final ImageFormat format;

    SampleImage(String file, ImageFormat format) {
        this.file = file;
        this.format = format;
    }

    public ImageFormat format() {
        return format;
    }

    /// A fresh copy of the file.
    public byte[] bytes() {
        return unpacked(file);
    }

    /// A fresh copy of the disk that they all hold.
    public static byte[] disk() {
        return unpacked("disk.raw");
    }

    private static byte[] unpacked(String name) {
        try (InputStream file =
                        Objects.requireNonNull(
                                SampleImage.class.getResourceAsStream("/format/" + name + ".gz"));
                InputStream content = new GZIPInputStream(file)) {
            return content.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

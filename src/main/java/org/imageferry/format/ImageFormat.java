package org.imageferry.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Opens disk images by their declared format.
///
/// When none is declared, the file is taken for RAW unless it begins (or, for a VHD, ends) like another
/// format: a guest can write such a header into its own raw disk, so to guess is never safe, and to
/// say RAW always is.
public final class ImageFormat {
    private static final int HEAD_BYTES = 64;
    private static final int VHD_FOOTER_BYTES = 512;
    private static final String VHD = "conectix";
    private static final Map<String, String> MAGIC =
            Map.of(
                    "QFI\u00fb",
                    "QCOW2",
                    "KDMV",
                    "VMDK",
                    "# Disk DescriptorFile",
                    "VMDK",
                    "vhdxfile",
                    "VHDX",
                    VHD,
                    "VHD",
                    "QED\0",
                    "QED",
                    "<<< Oracle VM VirtualBox",
                    "VDI");

    private ImageFormat() {}

    /// @param declared such as `RAW`, in any case; empty if the caller did not say
    /// @throws FormatException if it is none that we read, or looks like another than was declared
    public static DiskImage open(Optional<String> declared, ImageFile file)
            throws FormatException, IOException {
        if (file.length() == 0) {
            throw new FormatException(declared.orElse("RAW"), "the file is empty");
        }
        String format = declared.map(text -> text.toUpperCase(Locale.ROOT)).orElse("");
        if (format.equals("RAW")) {
            return new RawImage(file);
        }
        if (!format.isEmpty()) {
            throw new FormatException(
                    format,
                    "only RAW images are read; convert it, for instance with"
                            + " qemu-img convert -O raw");
        }
        Optional<String> looks = looksLike(file);
        if (looks.isPresent()) {
            throw new FormatException(
                    looks.get(),
                    "it looks like a "
                            + looks.get()
                            + " image, and only"
                            + " RAW is read; if it is a raw disk that begins so, declare its format as RAW");
        }
        return new RawImage(file);
    }

    private static Optional<String> looksLike(ImageFile file) throws IOException {
        String head = text(file, 0, (int) Math.min(HEAD_BYTES, file.length()));
        for (Map.Entry<String, String> magic : MAGIC.entrySet()) {
            if (head.startsWith(magic.getKey())) {
                return Optional.of(magic.getValue());
            }
        }
        long footer = file.length() - VHD_FOOTER_BYTES;
        if (footer > 0 && text(file, footer, VHD.length()).equals(VHD)) {
            return Optional.of("VHD");
        }
        return Optional.empty();
    }

    private static String text(ImageFile file, long offset, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        file.read(offset, bytes);
        return new String(Arrays.copyOf(bytes.array(), length), StandardCharsets.ISO_8859_1);
    }
}

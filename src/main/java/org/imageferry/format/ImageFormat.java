package org.imageferry.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// A format of disk image files that is read.
public enum ImageFormat {
    RAW("RAW"),
    QCOW2(Qcow2.NAME),
    VHD(Vhd.NAME),
    VHDX(Vhdx.NAME),
    VMDK(Vmdk.NAME),
    VDI(Vdi.NAME),
    RAW_GZIP("RAW.GZ"),
    RAW_XZ("RAW.XZ"),
    RAW_ZSTD("RAW.ZST");

    private static final int HEAD_BYTES = 512;

    /// Where a magic number stands, in ISO 8859-1.
    private record Magic(int offset, String text, ImageFormat format) {}

    private static final List<Magic> MAGIC =
            List.of(
                    new Magic(0, "QFI\u00fb", QCOW2),
                    new Magic(0, "conectix", VHD),
                    new Magic(0, "vhdxfile", VHDX),
                    new Magic(0, "KDMV", VMDK),
                    new Magic(0, "# Disk DescriptorFile", VMDK),
                    new Magic(0, "\u001f\u008b\b", RAW_GZIP),
                    new Magic(0, "\u00fd7zXZ\0", RAW_XZ),
                    new Magic(0, "(\u00b5/\u00fd", RAW_ZSTD),
                    new Magic(0x40, "\u007f\u0010\u00da\u00be", VDI));

    /// What begins so is not taken for a raw disk, unless it was declared as one.
    private static final Map<String, String> OTHERS =
            Map.of(
                    "QED\0", "QED image",
                    "COWD", "VMDK image of the oldest kind",
                    "WithoutFreeSpace", "Parallels image",
                    "WithouFreSpacExt", "Parallels image",
                    "BZh", "file compressed by bzip2",
                    "PK\u0003\u0004", "ZIP archive",
                    "7z\u00bc\u00af", "7z archive");

    private final String title;

    ImageFormat(String title) {
        this.title = title;
    }

    /// What it is called on the wire.
    public String title() {
        return title;
    }

    /// The format that was declared, or else the one that the file's content tells; never its name.
    ///
    /// What is declared as RAW is RAW, whatever is in it: a guest can write any header into its own
    /// disk. What is not declared and looks like nothing that we know is taken for RAW.
    ///
    /// @param declared such as `RAW`, in any case; empty if the caller did not say
    /// @throws FormatException if it is none that we read
    public static ImageFormat of(Optional<String> declared, ImageFile file) throws IOException {
        if (file.length() == 0) {
            throw new FormatException(declared.orElse(RAW.title), "the file is empty");
        }
        if (declared.isEmpty()) {
            return detected(file);
        }
        ImageFormat format = named(declared.get());
        if (format.compression().isPresent() && detected(file) != format) {
            throw new FormatException(
                    format.title, "it does not begin like a file of format " + format.title);
        }
        return format;
    }

    /// @param title as [#title] has it
    public static Optional<ImageFormat> titled(String title) {
        return Arrays.stream(values()).filter(format -> format.title.equals(title)).findAny();
    }

    private static ImageFormat named(String name) throws FormatException {
        String title = name.toUpperCase(Locale.ROOT);
        Optional<ImageFormat> format = titled(title);
        if (format.isPresent()) {
            return format.get();
        }
        throw new FormatException(
                title,
                "the formats that are read are %s; convert it, for instance with qemu-img convert -O qcow2"
                        .formatted(
                                Arrays.stream(values())
                                        .map(ImageFormat::title)
                                        .collect(Collectors.joining(", "))));
    }

    private static ImageFormat detected(ImageFile file) throws IOException {
        String head = text(file, 0, (int) Math.min(HEAD_BYTES, file.length()));
        for (Magic magic : MAGIC) {
            if (head.startsWith(magic.text(), magic.offset())) {
                return magic.format();
            }
        }
        for (Map.Entry<String, String> other : OTHERS.entrySet()) {
            if (head.startsWith(other.getKey())) {
                throw new FormatException(
                        RAW.title,
                        "it looks like a %s, which is not read; unpack or convert it, or if it is a raw disk that begins so, declare its format as RAW"
                                .formatted(other.getValue()));
            }
        }
        long footer = file.length() - Vhd.FOOTER_BYTES;
        boolean fixedVhd = footer > 0 && text(file, footer, 8).equals("conectix");
        return fixedVhd ? VHD : RAW;
    }

    private static String text(ImageFile file, long offset, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        file.read(offset, bytes);
        return new String(bytes.array(), StandardCharsets.ISO_8859_1);
    }

    /// How the disk is compressed as a whole. Then [#open] takes the file that it was unpacked to.
    public Optional<Compression> compression() {
        return switch (this) {
            case RAW, QCOW2, VHD, VHDX, VMDK, VDI -> Optional.empty();
            case RAW_GZIP -> Optional.of(Compression.GZIP);
            case RAW_XZ -> Optional.of(Compression.XZ);
            case RAW_ZSTD -> Optional.of(Compression.ZSTD);
        };
    }

    /// The disk that the file holds.
    ///
    /// @throws FormatException if it is no such file, is broken, or reaches outside of itself
    public DiskImage open(ImageFile file) throws IOException {
        return switch (this) {
            case RAW, RAW_GZIP, RAW_XZ, RAW_ZSTD -> new RawImage(file);
            case QCOW2 -> Qcow2.open(file);
            case VHD -> Vhd.open(file);
            case VHDX -> Vhdx.open(file);
            case VMDK -> Vmdk.open(file);
            case VDI -> Vdi.open(file);
        };
    }
}

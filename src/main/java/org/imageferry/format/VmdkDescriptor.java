package org.imageferry.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/// The text in a VMDK that says of which files the disk is made. No name in it is ever opened: only a
/// disk that is in this very file is taken.
record VmdkDescriptor(FormatFile file, String text) {
    static final String START = "# Disk DescriptorFile";
    static final String ADVICE =
            "make one whole file of it where all its files are, for instance with qemu-img convert"
                    + " -O vmdk -o subformat=streamOptimized IN OUT";

    private static final Set<String> WHOLE = Set.of("monolithicsparse", "streamoptimized");
    private static final int MOST_SHOWN = 60;
    private static final Set<String> ACCESS = Set.of("RW", "RDONLY", "NOACCESS");

    /// The one that is embedded in a sparse file.
    static VmdkDescriptor read(FormatFile file, ByteBuffer header) throws IOException {
        long offset = header.getLong(28);
        long sectors = header.getLong(36);
        if (offset == 0 || sectors == 0) {
            throw file.refused("is one of several files of a disk (descriptorOffset is 0)", ADVICE);
        }
        long most = file.length() / Vmdk.SECTOR_BYTES;
        if (offset < 0 || offset > most || sectors < 0 || sectors > most - offset) {
            throw file.broken("its descriptor is outside of the file");
        }
        return new VmdkDescriptor(
                file, text(file, offset * Vmdk.SECTOR_BYTES, sectors * Vmdk.SECTOR_BYTES));
    }

    /// Text up to the first zero byte; what is longer than any descriptor is cut off.
    static String text(FormatFile file, long offset, long length) throws IOException {
        int bytes = (int) Math.min(length, FormatFile.MOST_STRUCTURE_BYTES);
        byte[] text = new byte[bytes];
        file.structure("the descriptor", offset, bytes).get(text);
        String all = new String(text, StandardCharsets.ISO_8859_1);
        int end = all.indexOf(0);
        return end < 0 ? all : all.substring(0, end);
    }

    /// @throws FormatException if it leads to any other file
    void check() throws FormatException {
        int extents = 0;
        for (String line : text.lines().toList()) {
            String[] words = line.strip().split("\\s+", 4);
            if (words.length > 2 && ACCESS.contains(words[0].toUpperCase(Locale.ROOT))) {
                extents++;
                checkExtent(words[2]);
            } else if (line.contains("=")) {
                int equals = line.indexOf('=');
                String value = line.substring(equals + 1).replace('"', ' ').strip();
                check(line.substring(0, equals).strip().toLowerCase(Locale.ROOT), value);
            }
        }
        if (extents != 1) {
            throw file.refused("has a descriptor that names %d files".formatted(extents), ADVICE);
        }
    }

    private void check(String field, String value) throws FormatException {
        String small = value.toLowerCase(Locale.ROOT);
        if (field.startsWith("encryption")) {
            throw file.refused("is encrypted (%s)".formatted(field), "decrypt it first");
        }
        boolean other =
                (field.equals("createtype") && !WHOLE.contains(small))
                        || (field.equals("parentcid") && !small.equals("ffffffff"))
                        || field.equals("parentfilenamehint");
        if (other) {
            throw file.refused(
                    "has %s=%s in its descriptor, which leads to other files that are never opened"
                            .formatted(field, shortened(value)),
                    ADVICE);
        }
    }

    private void checkExtent(String type) throws FormatException {
        if (!type.equalsIgnoreCase("SPARSE")) {
            throw file.refused(
                    "has an extent of type %s in its descriptor, which is another file and never"
                                    .formatted(shortened(type))
                            + " opened",
                    ADVICE);
        }
    }

    private static String shortened(String value) {
        return value.length() > MOST_SHOWN ? value.substring(0, MOST_SHOWN) + "…" : value;
    }
}

package org.imageferry.domain;

import java.util.Arrays;
import java.util.Optional;

/// A form in which the disks of an image are written as files.
public enum ExportFormat {
    RAW("raw", false),
    QCOW2("qcow2", false),
    QCOW2_COMPRESSED("qcow2", true),
    VHD("vhd", false);

    private final String title;
    private final boolean compressed;

    ExportFormat(String title, boolean compressed) {
        this.title = title;
        this.compressed = compressed;
    }

    /// @param title as [#title] has it
    public static Optional<ExportFormat> of(String title, boolean compressed) {
        return Arrays.stream(values())
                .filter(format -> format.title.equals(title) && format.compressed == compressed)
                .findAny();
    }

    /// What the wire calls it; names of files end with it.
    public String title() {
        return title;
    }

    /// Whether what can be compressed in it is.
    public boolean compressed() {
        return compressed;
    }
}

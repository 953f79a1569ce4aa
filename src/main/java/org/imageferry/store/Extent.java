package org.imageferry.store;

/// A stretch of an object that is not a hole.
public record Extent(long offset, long length) {
    public Extent {
        if (offset < 0 || length < 0) {
            throw new IllegalArgumentException("no extent: " + offset + "+" + length);
        }
    }

    public long end() {
        return offset + length;
    }
}

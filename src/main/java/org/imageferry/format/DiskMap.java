package org.imageferry.format;

import java.io.IOException;

/// Tells where the bytes of a disk are in its image file: what is special about a format.
interface DiskMap {
    /// What is at `offset` of the disk and on, for at least one byte. It may reach beyond the disk's
    /// end.
    ///
    /// @throws FormatException if the format's tables are broken there
    Run at(long offset) throws IOException;

    /// Bytes of the disk that are kept alike.
    sealed interface Run {
        long length();

        /// The same, but no longer than `most`.
        Run upTo(long most);
    }

    /// Zeros.
    record Hole(long length) implements Run {
        @Override
        public Run upTo(long most) {
            return new Hole(Math.min(length, most));
        }
    }

    /// @param offset of the bytes in the file, as they are
    record Plain(long offset, long length) implements Run {
        @Override
        public Run upTo(long most) {
            return new Plain(offset, Math.min(length, most));
        }
    }

    /// @param skip of the cluster's unpacked bytes, so many come before
    record Packed(PackedCluster cluster, int skip, long length) implements Run {
        @Override
        public Run upTo(long most) {
            return new Packed(cluster, skip, Math.min(length, most));
        }
    }
}

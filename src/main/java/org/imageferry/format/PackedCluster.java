package org.imageferry.format;

/// A compressed piece of a disk.
///
/// @param offset of its first compressed byte in the file
/// @param packedBytes how many there are at most
/// @param bytes how long it is unpacked
record PackedCluster(long offset, int packedBytes, int bytes, Packing packing) {}

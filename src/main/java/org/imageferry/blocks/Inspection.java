package org.imageferry.blocks;

/// Looks at what came from a store, and says what is wrong with it.
///
/// @param what is looked at, such as `segment 3f09…`
record Inspection(String what) {
    void require(boolean holds, String otherwise) throws DamagedException {
        if (!holds) {
            throw new DamagedException(what, otherwise);
        }
    }
}

package org.imageferry.catalog;

import java.util.List;

/// A stretch of a longer list.
///
/// @param total how many there are in all
public record Page<T>(List<T> items, int total) {
    public Page {
        items = List.copyOf(items);
    }
}

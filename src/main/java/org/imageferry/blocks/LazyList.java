package org.imageferry.blocks;

import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.function.IntFunction;

/// A list over packed bytes, whose elements are made when they are asked for: sixteen thousand records
/// for each GiB would take three times the memory of the bytes they tell about.
final class LazyList<E> extends AbstractList<E> implements RandomAccess {
    private final int size;
    private final IntFunction<E> element;

    private LazyList(int size, IntFunction<E> element) {
        this.size = size;
        this.element = element;
    }

    static <E> List<E> of(int size, IntFunction<E> element) {
        return new LazyList<>(size, element);
    }

    @Override
    public E get(int index) {
        return element.apply(Objects.checkIndex(index, size));
    }

    @Override
    public int size() {
        return size;
    }
}

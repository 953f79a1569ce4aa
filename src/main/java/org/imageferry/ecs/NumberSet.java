package org.imageferry.ecs;

/// A set of numbers that are evenly spread, in twelve to twenty-four bytes each: open addressing with linear
/// probing, at most two thirds full. Never shrinks. Not for several threads.
final class NumberSet {
    private static final int FIRST_SLOTS = 1 << 10; // a power of two, as all that follow

    private long[] slots = new long[FIRST_SLOTS]; // zero where nothing is
    private boolean zero; // which no slot can tell
    private int size;

    int size() {
        return size;
    }

    boolean contains(long number) {
        return number == 0 ? zero : slots[slot(number)] == number;
    }

    /// @return false if it was there
    boolean add(long number) {
        if (contains(number)) {
            return false;
        }
        if (number == 0) {
            zero = true;
        } else {
            slots[slot(number)] = number;
        }
        size++;
        if (size > slots.length / 3 * 2) {
            grow();
        }
        return true;
    }

    /// Where the number is, or would be.
    private int slot(long number) {
        int slot = (int) number & slots.length - 1;
        while (slots[slot] != 0 && slots[slot] != number) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    private void grow() {
        long[] numbers = slots;
        slots = new long[2 * numbers.length];
        for (long number : numbers) {
            if (number != 0) {
                slots[slot(number)] = number;
            }
        }
    }
}

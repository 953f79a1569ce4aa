package org.imageferry.copy;

import java.util.random.RandomGenerator;

/// What a world is like.
///
/// @param nodes processes over one catalog and one set of stores
/// @param slots tasks of one action that may run in a region at once
/// @param requests how many the clients make in all
/// @param cancels and deletions among them
/// @param delays store operations that take minutes, so that their worker comes back late
/// @param jumps of the clock, so that every worker is late
/// @param rot of bits in stores, and objects that get lost
record Knobs(
        int regions,
        int accounts,
        int nodes,
        int slots,
        int requests,
        Often cancels,
        Often crashes,
        Often storeFaults,
        Often outages,
        Often delays,
        Often jumps,
        Often rot) {

    /// Much of everything: for bugs that must be found soon.
    static final Knobs ROUGH =
            new Knobs(
                    2,
                    2,
                    1,
                    1,
                    40,
                    Often.SOMETIMES,
                    Often.SOMETIMES,
                    Often.SELDOM,
                    Often.NEVER,
                    Often.OFTEN,
                    Often.NEVER,
                    Often.NEVER);

    /// The same, with several nodes.
    static final Knobs FLEET =
            new Knobs(
                    2,
                    2,
                    3,
                    1,
                    40,
                    Often.SELDOM,
                    Often.SELDOM,
                    Often.SELDOM,
                    Often.NEVER,
                    Often.OFTEN,
                    Often.SELDOM,
                    Often.NEVER);

    /// Images of one account come and go, and segments with them, while others are made of the same blocks.
    static final Knobs CROWDED =
            new Knobs(
                    2,
                    1,
                    1,
                    2,
                    60,
                    Often.OFTEN,
                    Often.NEVER,
                    Often.NEVER,
                    Often.NEVER,
                    Often.SOMETIMES,
                    Often.NEVER,
                    Often.NEVER);

    /// Stores rot under images that come and go.
    static final Knobs ROTTEN =
            new Knobs(
                    2,
                    1,
                    1,
                    1,
                    25,
                    Often.SOMETIMES,
                    Often.SELDOM,
                    Often.NEVER,
                    Often.NEVER,
                    Often.NEVER,
                    Often.NEVER,
                    Often.SELDOM);

    static Knobs by(RandomGenerator chance) {
        return new Knobs(
                2 + chance.nextInt(2),
                1 + chance.nextInt(2),
                1 + chance.nextInt(3),
                1 + chance.nextInt(2),
                8 + chance.nextInt(17),
                Often.any(chance),
                Often.any(chance),
                Often.any(chance),
                chance.nextInt(5) == 0 ? Often.SELDOM : Often.NEVER,
                Often.any(chance),
                chance.nextInt(3) == 0 ? Often.SELDOM : Often.NEVER,
                chance.nextInt(3) == 0 ? Often.SELDOM : Often.NEVER);
    }
}

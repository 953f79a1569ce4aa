package org.imageferry.copy;

import java.util.function.Supplier;

/// What must hold after every step: the promises of the design, and what carries them.
enum Rules {
    P1("an available image can be read completely, bit for bit"),
    P2("so many run at once, the others wait their turn"),
    P3("a task moves forward, and ends exactly once"),
    P4("a cancelled task leaves nothing, a failed one its image's row"),
    P5("what was acknowledged stays"),
    TURNS("who looks for a part to do overlooks none, whatever goes on elsewhere"),
    LIVE("what a part needs is live and in the store"),
    PLACES("each block of a part is where its manifest or the index says"),
    HELD("what is being made is not garbage"),
    ENDS("every task ends, and fails only for a reason"),
    TIDY("in the end stores hold what is needed, and nothing else");

    private final String text;

    Rules(String text) {
        this.text = text;
    }

    void require(boolean holds, String otherwise) {
        if (!holds) {
            throw broken(otherwise);
        }
    }

    /// The same where it is asked so often that it costs time to put the words together each time.
    void require(boolean holds, Supplier<String> otherwise) {
        if (!holds) {
            throw broken(otherwise.get());
        }
    }

    AssertionError broken(String how) {
        return new AssertionError(name() + " (" + text + ") is broken: " + how);
    }
}

package org.imageferry.copy;

/// How work that nobody waits for lets copies go first: it asks between its pieces, each of which takes
/// some milliseconds of a disk or a core.
public interface Courtesy {
    /// Never waits.
    Courtesy NONE =
            new Courtesy() {
                @Override
                public void begin() {}

                @Override
                public void giveWay() {}
            };

    /// The calling thread begins such work.
    void begin();

    /// The calling thread has done a piece. Returns when it may do the next, before long in any case.
    void giveWay();
}

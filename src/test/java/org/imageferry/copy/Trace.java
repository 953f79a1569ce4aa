package org.imageferry.copy;

import java.util.stream.Collectors;
import java.util.stream.LongStream;

/// What happened in a world, step by step; only the last steps are kept.
final class Trace {
    private static final int MOST_STEPS = 400;
    private final String[] who = new String[MOST_STEPS];
    private final String[] what = new String[MOST_STEPS];
    private long count;

    void note(String actor, String action) {
        int at = (int) (count % MOST_STEPS);
        who[at] = actor;
        what[at] = action;
        count++;
    }

    @Override
    public String toString() {
        return LongStream.range(Math.max(0, count - MOST_STEPS), count)
                .mapToObj(this::line)
                .collect(Collectors.joining("\n"));
    }

    private String line(long step) {
        int at = (int) (step % MOST_STEPS);
        return step + " " + who[at] + ": " + what[at];
    }
}

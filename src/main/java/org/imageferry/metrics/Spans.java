package org.imageferry.metrics;

/// The bounds of histograms, in seconds: each about three times the one before, so that a histogram has few
/// series and still tells a disk from a network from a hang.
final class Spans {
    /// Of what a caller waits for.
    static final double[] CALLS = {0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30};

    /// Of tasks, which take seconds to hours.
    static final double[] TASKS = {1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000, 30_000, 100_000};

    private static final double NANOS = 1e9;

    private Spans() {}

    static double seconds(long nanos) {
        return (double) nanos / NANOS;
    }
}

package org.imageferry.store.s3;

import java.time.Duration;

/// How long we wait, how often we try, and how much goes on at once.
///
/// @param connect until a connection is there
/// @param silence without a byte from the server while we wait for one
/// @param call one request, from its first byte to its answer's last
/// @param together all tries of one request: none begins later
/// @param tries how often a request is made that fails in a way that may pass
/// @param firstWait before the second try; doubled before each further one
/// @param longestWait between two tries
/// @param requests at once, to one place
public record S3Limits(
        Duration connect,
        Duration silence,
        Duration call,
        Duration together,
        int tries,
        Duration firstWait,
        Duration longestWait,
        int requests) {
    /// Together shorter than a claim of the engine, so that a part is not taken for given up while a
    /// request is tried again.
    public static final S3Limits USUAL =
            new S3Limits(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(20),
                    Duration.ofMinutes(2),
                    Duration.ofSeconds(40),
                    6,
                    Duration.ofMillis(200),
                    Duration.ofSeconds(10),
                    32);

    public S3Limits {
        if (tries < 1 || requests < 1) {
            throw new IllegalArgumentException("neither tries nor requests can be none");
        }
    }

    public S3Limits with(int mostRequests) {
        return new S3Limits(
                connect, silence, call, together, tries, firstWait, longestWait, mostRequests);
    }
}

package org.imageferry.ecs;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.imageferry.copy.Caller;

/// Remembers nonces for thirty minutes at least, twice the time in which a request is taken. When so
/// many come that it would hold too many, it forgets the oldest, but always knows the newest `most`. Any
/// number of threads may ask.
///
/// Each is kept as 64 bits of a hash that nobody can foretell: among 500,000 of them one nonce in 10^13
/// is taken for another, and the collector of garbage has none of them to follow. All that is remembered
/// is in two sets, the newer of which becomes the older once it is full or old.
final class NonceMemory {
    static final Duration KEPT = Authentication.WINDOW.multipliedBy(2);
    private static final int SALT_BYTES = 32;

    private final int most;
    private final InstantSource clock;
    private final byte[] salt = new byte[SALT_BYTES];
    private NumberSet older = new NumberSet();
    private NumberSet newer = new NumberSet();
    private Instant begun; // when the newer set was

    /// @param random that nobody can foretell
    NonceMemory(int most, InstantSource clock, RandomGenerator random) {
        this.most = most;
        this.clock = clock;
        this.begun = clock.instant();
        random.nextBytes(salt);
    }

    /// @return false if the caller's key spent this nonce before
    boolean spend(Caller caller) {
        long number = number(caller);
        synchronized (this) {
            forget();
            return !older.contains(number) && newer.add(number);
        }
    }

    boolean holds(Caller caller) {
        long number = number(caller);
        synchronized (this) {
            forget();
            return older.contains(number) || newer.contains(number);
        }
    }

    private void forget() {
        Instant now = clock.instant();
        if (newer.size() == most || now.isAfter(begun.plus(KEPT))) {
            older = newer;
            newer = new NumberSet();
            begun = now;
        }
    }

    private long number(Caller caller) {
        MessageDigest hash = Sha256.fresh();
        hash.update(salt);
        String text = caller.accessKey() + "\n" + caller.nonce();
        return ByteBuffer.wrap(hash.digest(text.getBytes(StandardCharsets.UTF_8))).getLong();
    }
}

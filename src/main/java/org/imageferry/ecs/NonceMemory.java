package org.imageferry.ecs;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.imageferry.copy.Caller;
import org.imageferry.domain.Digest;

/// Remembers nonces for thirty minutes, twice the time in which a request is taken; at most so many,
/// and then forgets the oldest first. Any number of threads may ask.
final class NonceMemory {
    static final Duration KEPT = Authentication.WINDOW.multipliedBy(2);

    private final int most;
    private final InstantSource clock;
    private final Map<Digest, Instant> spent = new LinkedHashMap<>(); // in the order of their times

    NonceMemory(int most, InstantSource clock) {
        this.most = most;
        this.clock = clock;
    }

    /// @return false if the caller's key spent this nonce before
    synchronized boolean spend(Caller caller) {
        forget();
        return spent.putIfAbsent(name(caller), clock.instant()) == null;
    }

    synchronized boolean holds(Caller caller) {
        forget();
        return spent.containsKey(name(caller));
    }

    private void forget() {
        Instant since = clock.instant().minus(KEPT);
        Iterator<Instant> oldest = spent.values().iterator();
        while (oldest.hasNext()) {
            boolean full = spent.size() >= most;
            if (!oldest.next().isBefore(since) && !full) {
                return;
            }
            oldest.remove();
        }
    }

    /// Of one length, whatever was sent.
    private static Digest name(Caller caller) {
        try {
            String text = caller.accessKey() + "\n" + caller.nonce();
            return Digest.of(
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}

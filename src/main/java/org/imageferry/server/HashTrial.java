package org.imageferry.server;

import java.util.concurrent.atomic.AtomicBoolean;
import org.imageferry.blocks.MultiBufferTrial;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Holds [MultiBufferTrial] once in the life of a process, while the server has begun to answer.
final class HashTrial {
    private static final Logger LOG = LoggerFactory.getLogger(HashTrial.class);
    private static final AtomicBoolean HELD = new AtomicBoolean();

    private HashTrial() {}

    static void begin() {
        if (HELD.compareAndSet(false, true)) {
            new Courteous(Thread.ofPlatform().daemon().name("hash-trial").factory())
                    .newThread(HashTrial::hold)
                    .start();
        }
    }

    private static void hold() {
        if (!MultiBufferTrial.isPossible()) {
            return;
        }
        try {
            double times = MultiBufferTrial.hold(System::nanoTime);
            LOG.atInfo().addKeyValue("times", "%.1f".formatted(times)).log("hashing tried");
        } catch (IllegalStateException e) {
            LOG.atError().addKeyValue("reason", e.getMessage()).log("hashing many is not used");
        }
    }
}

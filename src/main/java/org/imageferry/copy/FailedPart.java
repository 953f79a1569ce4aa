package org.imageferry.copy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.imageferry.blocks.DamagedException;
import org.imageferry.catalog.Claims;
import org.imageferry.format.FormatException;
import org.imageferry.kms.KmsException;
import org.imageferry.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What becomes of a part that a worker could not bring: it is tried again after a while, or its task has
/// failed, or it is another's by now.
final class FailedPart {
    private static final Logger LOG = LoggerFactory.getLogger(FailedPart.class);

    /// So often a part is tried before its task has failed.
    static final int MOST_ATTEMPTS = 10;

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final Workshop shop;
    private final Claims.PartClaim claim;

    /// @param claim under which it was to be brought
    FailedPart(Workshop shop, Claims.PartClaim claim) {
        this.shop = shop;
        this.claim = claim;
    }

    /// @throws InterruptedException if that is the failure
    /// @throws RuntimeException if the failure is nothing that is expected of a part; its claim ends by itself
    void after(Exception failure) throws InterruptedException {
        switch (failure) {
            case ClaimLostException _ ->
                    LOG.atInfo()
                            .addKeyValue("task", claim.task())
                            .addKeyValue("part", claim.number())
                            .log("part given up: the task was cancelled or the part overtaken");
            case FormatException e -> TaskEnds.fail(shop, claim.task(), reason(e));
            case KmsException e when Seals.passes(e) -> retry(e, false);
            case KmsException e -> giveUp(reason(e));
            case StoreException e -> retry(e, !isWaitedFor(e));
            case IOException e -> retry(e, true);
            case DamagedException e -> retry(e, true);
            case InterruptedException e -> throw e;
            case RuntimeException e -> throw e;
            default -> throw new IllegalStateException("part " + claim.number(), failure);
        }
    }

    private static boolean isWaitedFor(StoreException failure) {
        return failure.kind() == StoreException.Kind.FULL
                || failure.kind() == StoreException.Kind.UNAVAILABLE;
    }

    private static String reason(Exception failure) {
        return String.valueOf(failure.getMessage());
    }

    /// Back-off doubles from one second. A region that is full or gone is waited for, not counted.
    private void retry(Exception failure, boolean counts) {
        int attempts = claim.attempts() + (counts ? 1 : 0);
        LOG.atWarn()
                .addKeyValue("task", claim.task())
                .addKeyValue("part", claim.number())
                .addKeyValue("attempts", attempts)
                .addKeyValue("reason", reason(failure))
                .log("part failed");
        if (attempts >= MOST_ATTEMPTS) {
            giveUp(reason(failure));
            return;
        }
        shop.catalog()
                .write(tables -> {
                    Instant notBefore = tables.now().plus(wait(attempts));
                    tables.claims().giveBack(claim.claim(), notBefore, counts);
                    return attempts;
                });
    }

    /// What fails for good fails the task, if the claim is still ours: a late worker's troubles are not
    /// the task's.
    private void giveUp(String reason) {
        shop.catalog()
                .write(tables -> {
                    if (tables.claims().holds(claim.claim())) {
                        TaskEnds.running(tables, claim.task())
                                .ifPresent(task -> TaskEnds.fail(tables, task, reason));
                    }
                    return claim;
                });
    }

    private static Duration wait(int attempts) {
        Duration wait = Duration.ofSeconds(1L << Math.min(attempts, MOST_ATTEMPTS));
        return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    }
}

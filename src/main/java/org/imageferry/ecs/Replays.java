package org.imageferry.ecs;

import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.imageferry.copy.Caller;
import org.imageferry.store.StoreException;

/// Sees to it that a request counts once, however often it is sent.
///
/// A change that the engine carries out spends its nonce in its own transaction, so that not even a
/// crash lets it happen twice; when it is refused nothing is spent there, and the memory keeps it from
/// being tried again when it might succeed. All else is kept in memory alone.
public final class Replays {
    private static final int MOST_READS = 1 << 18;
    private static final int MOST_FAILED = 1 << 16;

    private final NonceMemory reads;
    private final NonceMemory failed; // apart, so that no flood of reads makes us forget a change

    /// @param random that nobody can foretell
    public Replays(InstantSource clock, RandomGenerator random) {
        this.reads = new NonceMemory(MOST_READS, clock, random);
        this.failed = new NonceMemory(MOST_FAILED, clock, random);
    }

    /// A change that may fail in the ways of an action.
    interface Change<T> {
        T make() throws StoreException;
    }

    /// To be called before anything is done for a request that does not spend the nonce itself.
    ///
    /// @throws EcsException `SignatureNonceUsed`
    public void spend(Caller caller) {
        if (!reads.spend(caller)) {
            throw new EcsException(GatewayErrors.NONCE_USED);
        }
    }

    /// Makes a change that spends the nonce in its transaction.
    ///
    /// @throws EcsException `SignatureNonceUsed`
    <T> T once(Caller caller, Change<T> change) throws StoreException {
        if (failed.holds(caller)) {
            throw new EcsException(GatewayErrors.NONCE_USED);
        }
        boolean made = false;
        try {
            T answer = change.make();
            made = true;
            return answer;
        } finally {
            if (!made) {
                failed.spend(caller);
            }
        }
    }
}

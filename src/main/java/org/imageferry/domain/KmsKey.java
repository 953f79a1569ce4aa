package org.imageferry.domain;

import java.time.Duration;
import java.time.Instant;

/// A key of a region's key service; it wraps data keys and never leaves the service.
///
/// @param account whose it is
/// @param service whether the service made it for the account's images: then it is always enabled
/// @param granted whether the image service may use it
public record KmsKey(
        KeyId id,
        AccountId account,
        RegionId region,
        String description,
        KeyState state,
        Instant created,
        boolean service,
        boolean granted) {
    /// How long a key waits for its deletion, at least and at most. Source: KMS API 2016-01-20,
    /// ScheduleKeyDeletion, `PendingWindowInDays`.
    public static final int LEAST_DAYS = 7;

    public static final int MOST_DAYS = 366;

    /// @throws RefusedException `KeyStateForbids` if it waits for its deletion
    public KmsKey enable() {
        requireOwn();
        requireStays();
        return with(new KeyState.Enabled());
    }

    /// @throws RefusedException `KeyStateForbids` if it waits for its deletion
    public KmsKey disable() {
        requireOwn();
        requireStays();
        return with(new KeyState.Disabled());
    }

    /// @param days until it goes: [#LEAST_DAYS] to [#MOST_DAYS]
    /// @throws RefusedException `KeyStateForbids` if it waits already
    public KmsKey scheduleDeletion(Instant now, int days) {
        requireOwn();
        requireStays();
        if (days < LEAST_DAYS || days > MOST_DAYS) {
            throw new RefusedException(
                    new Refusal.Malformed("PendingWindowInDays", Integer.toString(days)));
        }
        return with(new KeyState.PendingDeletion(now.plus(Duration.ofDays(days))));
    }

    /// It is enabled afterwards, as in KMS.
    ///
    /// @throws RefusedException `KeyStateForbids` if it does not wait for its deletion
    public KmsKey cancelDeletion() {
        requireOwn();
        return switch (state) {
            case KeyState.PendingDeletion _ -> with(new KeyState.Enabled());
            case KeyState.Enabled _, KeyState.Disabled _ ->
                    throw new RefusedException(new Refusal.KeyStateForbids(id, state));
        };
    }

    /// The image service may use it from now on, or may not.
    public KmsKey grant(boolean next) {
        requireOwn();
        return new KmsKey(id, account, region, description, state, created, service, next);
    }

    /// Whether its time is over.
    public boolean gone(Instant now) {
        return state instanceof KeyState.PendingDeletion(Instant at) && !at.isAfter(now);
    }

    private void requireOwn() {
        if (service) {
            throw new RefusedException(new Refusal.ServiceKey(id));
        }
    }

    private void requireStays() {
        if (state instanceof KeyState.PendingDeletion) {
            throw new RefusedException(new Refusal.KeyStateForbids(id, state));
        }
    }

    private KmsKey with(KeyState next) {
        return new KmsKey(id, account, region, description, next, created, service, granted);
    }
}

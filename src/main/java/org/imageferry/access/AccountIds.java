package org.imageferry.access;

import java.util.random.RandomGenerator;
import org.imageferry.domain.AccessKeyId;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.UserId;

/// Makes new ids of accounts, users and access keys, and secrets, from chance that the server gives.
public final class AccountIds {
    /// The first of the numbers with sixteen digits, and with eighteen.
    private static final long LEAST_ACCOUNT = 1_000_000_000_000_000L;

    private static final long LEAST_USER = 100 * LEAST_ACCOUNT;

    private static final String LETTERS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int ID_LETTERS = 20;
    private static final int SECRET_LETTERS = 30; // 178 bits

    private final RandomGenerator random;

    /// @param random any number of threads may ask it; unpredictable outside of tests
    public AccountIds(RandomGenerator random) {
        this.random = random;
    }

    public AccountId account() {
        return new AccountId(Long.toString(random.nextLong(LEAST_ACCOUNT, 10 * LEAST_ACCOUNT)));
    }

    UserId user() {
        return new UserId(Long.toString(random.nextLong(LEAST_USER, 10 * LEAST_USER)));
    }

    AccessKeyId accessKey() {
        return new AccessKeyId("LTAI" + letters(ID_LETTERS));
    }

    String temporaryKey() {
        return SessionTokens.ID_START + letters(ID_LETTERS);
    }

    Secret secret() {
        return new Secret(letters(SECRET_LETTERS));
    }

    private String letters(int count) {
        StringBuilder text = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }
}

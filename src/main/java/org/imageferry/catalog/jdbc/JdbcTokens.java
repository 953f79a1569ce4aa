package org.imageferry.catalog.jdbc;

import java.time.Instant;
import java.util.Optional;
import org.imageferry.catalog.Tokens;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Digest;

/// The tables `nonce` and `client_token`.
record JdbcTokens(Sql sql) implements Tokens {
    /// So that the writer is not held for long. What is left goes the next time.
    private static final int MOST_EXPIRED_AT_ONCE = 20_000;

    @Override
    public boolean spend(String accessKey, String nonce, Instant until) {
        return sql.change(
                        "insert into nonce values (?, ?, ?) on conflict do nothing",
                        accessKey,
                        nonce,
                        until)
                == 1;
    }

    /// One that is over counts no more, also while its row is still there.
    @Override
    public Optional<Answer> answer(AccountId account, String action, String token) {
        return sql.first(
                """
                select parameters, answer from client_token
                where account = ? and action = ? and token = ? and until > ?
                """,
                row -> new Answer(Digest.of(row.getBytes("parameters")), row.getString("answer")),
                account,
                action,
                token,
                sql.now());
    }

    @Override
    public void remember(
            AccountId account, String action, String token, Answer answer, Instant until) {
        sql.change(
                """
                insert into client_token values (?, ?, ?, ?, ?, ?)
                on conflict (account, action, token) do update
                set parameters = excluded.parameters, answer = excluded.answer,
                    until = excluded.until
                """,
                account,
                action,
                token,
                answer.parameters(),
                answer.answer(),
                until);
    }

    @Override
    public void expire() {
        sql.change(
                """
                delete from nonce where (access_key, nonce) in (
                    select access_key, nonce from nonce where until <= ? limit ?)
                """,
                sql.now(),
                MOST_EXPIRED_AT_ONCE);
        sql.change(
                """
                delete from client_token where (account, action, token) in (
                    select account, action, token from client_token where until <= ? limit ?)
                """,
                sql.now(),
                MOST_EXPIRED_AT_ONCE);
    }
}

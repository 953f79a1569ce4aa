package org.imageferry.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.imageferry.domain.AccountId;
import org.junit.jupiter.api.Test;

interface TokensContract extends CatalogFixture {
    private boolean spend(String key, String nonce, Instant until) {
        return catalog().write(tables -> tables.tokens().spend(key, nonce, until));
    }

    private Instant later() {
        return catalog().read(Tables::now).plusSeconds(60);
    }

    private Optional<Tokens.Answer> answer(AccountId account, String action, String token) {
        return catalog().read(tables -> tables.tokens().answer(account, action, token));
    }

    @Test
    default void aNonceIsGoodOnceForEachKey() {
        assertThat(spend("LTAI1", "abc", later())).isTrue();
        assertThat(spend("LTAI1", "abc", later())).isFalse();
        assertThat(spend("LTAI1", "ABC", later())).isTrue();
        assertThat(spend("LTAI2", "abc", later())).isTrue();
    }

    @Test
    default void ofThreadsThatRaceToSpendANonceOneWins() throws Exception {
        Instant until = later();
        assertThat(Racing.all(6, _ -> spend("LTAI1", "abc", until))).containsOnlyOnce(true);
    }

    @Test
    default void aNonceIsKeptForItsTime() {
        Instant until = later();
        spend("LTAI1", "abc", until);
        clock().advance(Duration.ofMillis(59_999));
        change(tables -> tables.tokens().expire());
        assertThat(spend("LTAI1", "abc", until)).isFalse();
        clock().advance(Duration.ofMillis(1));
        change(tables -> tables.tokens().expire());
        assertThat(spend("LTAI1", "abc", later())).isTrue();
    }

    @Test
    default void anAnswerIsRememberedForItsAccountActionAndTime() {
        AccountId account = scenes().account();
        Tokens.Answer answer = new Tokens.Answer(scenes().digest(), "m-1");
        Instant until = later();
        change(t -> t.tokens().remember(account, "CopyImage", "token", answer, until));
        assertThat(answer(account, "CopyImage", "token")).contains(answer);
        assertThat(answer(account, "ImportImage", "token")).isEmpty();
        assertThat(answer(account, "CopyImage", "other")).isEmpty();
        assertThat(answer(scenes().account(), "CopyImage", "token")).isEmpty();
        clock().advance(Duration.ofMillis(59_999));
        change(tables -> tables.tokens().expire());
        assertThat(answer(account, "CopyImage", "token")).contains(answer);
        clock().advance(Duration.ofMillis(1));
        assertThat(answer(account, "CopyImage", "token")).isEmpty();
    }

    @Test
    default void aTokenCanBeUsedAgainOnceItsTimeIsOver() {
        AccountId account = scenes().account();
        Tokens.Answer first = new Tokens.Answer(scenes().digest(), "m-1");
        Tokens.Answer second = new Tokens.Answer(scenes().digest(), "m-2");
        Instant now = catalog().read(Tables::now);
        change(t -> t.tokens().remember(account, "CopyImage", "token", first, now));
        change(t -> t.tokens().remember(account, "CopyImage", "token", second, now.plusMillis(1)));
        assertThat(answer(account, "CopyImage", "token")).contains(second);
    }
}

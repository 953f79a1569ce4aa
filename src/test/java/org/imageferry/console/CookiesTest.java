package org.imageferry.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.imageferry.kms.MemoryMasterKey;
import org.junit.jupiter.api.Test;

class CookiesTest {
    private static final Instant NOW = Instant.parse("2026-11-22T01:00:00Z");
    private final Seal seal = new TestSeal(new MemoryMasterKey());
    private final Session session = new Session("testid", "token", NOW);

    @Test
    void theyAreForTlsOnlyWhereARequestCameByIt() {
        Cookies cookies = new Cookies(seal, false);

        assertThat(cookies.session(session, true)).endsWith("; HttpOnly; SameSite=Strict; Secure");
        assertThat(cookies.session(session, false)).endsWith("; HttpOnly; SameSite=Strict");
    }

    @Test
    void behindAProxyThatEndsTlsAllAreForTlsOnly() {
        Cookies cookies = new Cookies(seal, true);

        assertThat(
                        List.of(
                                cookies.session(session, false),
                                cookies.noSession(false),
                                cookies.note(List.of("done"), false),
                                cookies.noNote(false)))
                .allSatisfy(cookie -> assertThat(cookie).endsWith("; Secure"));
    }
}

package org.imageferry.console;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.imageferry.ecs.Head;

/// What browsers keep for the console: the session, and for a moment what a form has done. No script
/// can read them, and no request from another site brings them (RFC 6265bis, SameSite).
final class Cookies {
    static final String SESSION = "imageferry-console";
    private static final String NOTE = "imageferry-console-note";
    private static final Duration NOTE_LASTS = Duration.ofMinutes(1);
    private static final int MOST_CHARS = 3_000;

    private final Seal seal;
    private final boolean behindTls;

    /// @param behindTls whether browsers come by TLS even where requests do not
    Cookies(Seal seal, boolean behindTls) {
        this.seal = seal;
        this.behindTls = behindTls;
    }

    Optional<Session> session(Head head, Instant now) {
        return find(head, SESSION).flatMap(it -> Session.open(seal, it, now));
    }

    /// @param secure whether the request came by TLS
    String session(Session session, boolean secure) {
        return cookie(SESSION, session.sealed(seal), Session.LASTS, secure);
    }

    String noSession(boolean secure) {
        return cookie(SESSION, "", Duration.ZERO, secure);
    }

    List<String> note(Head head) {
        return find(head, NOTE)
                .flatMap(seal::open)
                .map(text -> List.of(text.split("\n", -1)))
                .orElse(List.of());
    }

    String note(List<String> sentences, boolean secure) {
        String text = String.join("\n", sentences);
        String bounded = text.substring(0, Math.min(text.length(), MOST_CHARS / 2));
        return cookie(NOTE, seal.seal(bounded), NOTE_LASTS, secure);
    }

    String noNote(boolean secure) {
        return cookie(NOTE, "", Duration.ZERO, secure);
    }

    private String cookie(String name, String value, Duration lasts, boolean secure) {
        return "%s=%s; Path=/console; Max-Age=%d; HttpOnly; SameSite=Strict%s"
                .formatted(name, value, lasts.toSeconds(), secure || behindTls ? "; Secure" : "");
    }

    private static Optional<String> find(Head head, String name) {
        for (String pair : head.header("cookie").split("[;,]", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
                return Optional.of(pair.substring(equals + 1).strip())
                        .filter(it -> it.length() <= 2 * MOST_CHARS);
            }
        }
        return Optional.empty();
    }
}

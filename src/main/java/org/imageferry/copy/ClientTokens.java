package org.imageferry.copy;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.imageferry.catalog.Tables;
import org.imageferry.catalog.Tokens;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;

/// Makes a request with a client token succeed once; a repeat gets the first one's answer. A refused
/// request leaves no trace, so it can be tried again under its token.
final class ClientTokens {
    private static final Duration KEPT = Duration.ofHours(24);
    private final String action;

    ClientTokens(String action) {
        this.action = action;
    }

    /// @throws RefusedException `TokenMismatch` if the token came with other parameters before
    String once(
            Tables tables,
            AccountId account,
            Optional<ClientToken> token,
            Supplier<String> change) {
        if (token.isEmpty()) {
            return change.get();
        }
        ClientToken given = token.get();
        Optional<Tokens.Answer> before = tables.tokens().answer(account, action, given.token());
        if (before.isEmpty()) {
            String answer = change.get();
            tables.tokens()
                    .remember(
                            account,
                            action,
                            given.token(),
                            new Tokens.Answer(given.parameters(), answer),
                            tables.now().plus(KEPT));
            return answer;
        }
        if (!before.get().parameters().equals(given.parameters())) {
            throw new RefusedException(new Refusal.TokenMismatch(given.token()));
        }
        return before.get().answer();
    }
}

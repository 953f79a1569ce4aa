package org.imageferry.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.User;
import org.imageferry.domain.UserName;
import org.imageferry.kms.MasterKey;

/// Gives temporary credentials to who has permanent ones, for itself or for a user of its account.
public final class Sessions {
    public static final Duration SHORTEST = Duration.ofMinutes(15);
    public static final Duration LONGEST = Duration.ofHours(12);

    /// Of a policy that comes with each request. Source: STS API 2015-04-01, AssumeRole, Policy.
    public static final int MOST_POLICY_CHARS = 2_048;

    private final Catalog catalog;
    private final SessionTokens tokens;
    private final AccountIds ids;

    public Sessions(Catalog catalog, MasterKey master, AccountIds ids) {
        this.catalog = catalog;
        this.tokens = new SessionTokens(master);
        this.ids = ids;
    }

    /// Temporary credentials: an access key, its secret, and the token that must come with both.
    public record Issued(String accessKey, Secret secret, String token, Instant expires) {
        @Override
        public String toString() {
            return "Issued[" + accessKey + " until " + expires + "]";
        }
    }

    /// @param user nothing for the caller itself
    /// @param policy narrows what they may do
    /// @param lasting between [#SHORTEST] and [#LONGEST]
    /// @throws RefusedException `Forbidden` to who has temporary credentials itself, which would never
    ///     end then; `UnknownUser`; `MalformedPolicy`
    public Issued issue(
            Principal by, Optional<UserName> user, Optional<String> policy, Duration lasting) {
        if (by.temporary()) {
            throw new RefusedException(
                    new Refusal.Access.Forbidden("temporary credentials by temporary ones"));
        }
        policy.ifPresent(Sessions::checkPolicy);
        return catalog.read(tables -> {
            Optional<User> whose =
                    user.isEmpty()
                            ? by.user()
                            : Optional.of(Target.user(tables, by.account(), user.get()));
            return issue(tables, by, whose, policy, lasting);
        });
    }

    private static void checkPolicy(String document) {
        if (document.length() > MOST_POLICY_CHARS) {
            throw new RefusedException(
                    new Refusal.Access.MalformedPolicy(
                            "it has more than " + MOST_POLICY_CHARS + " characters"));
        }
        PolicyDocuments.parse(document);
    }

    private Issued issue(
            Tables tables,
            Principal by,
            Optional<User> user,
            Optional<String> policy,
            Duration lasting) {
        SessionTokens.Session session =
                new SessionTokens.Session(
                        ids.temporaryKey(),
                        ids.secret(),
                        by.id(),
                        user,
                        policy,
                        tables.now().plus(lasting));
        return new Issued(
                session.accessKey(), session.secret(), tokens.seal(session), session.expires());
    }
}

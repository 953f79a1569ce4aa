package org.imageferry.access;

import java.time.Instant;
import java.util.Optional;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.User;
import org.imageferry.domain.UserId;
import org.imageferry.domain.UserName;
import org.imageferry.kms.MasterKey;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Temporary credentials that nobody has to store: all about them, the secret too, is in the token that
/// comes with each request, sealed by the master key. Any node that has the master key can check it.
///
/// A token can't be called back before its time. It never allows more than its user's policies do when
/// it is used, so taking those away takes its rights away.
final class SessionTokens {
    static final String ID_START = "STS.";
    private static final String CONTEXT = "session-token";

    /// One more field, and older nodes would not know what it means.
    private static final int VERSION = 1;

    private static final JsonMapper JSON = new JsonMapper();

    private final MasterKey master;

    SessionTokens(MasterKey master) {
        this.master = master;
    }

    /// @param user whose rights it has; the account's own has none
    /// @param document the policy that narrows them
    record Session(
            String accessKey,
            Secret secret,
            AccountId account,
            Optional<User> user,
            Optional<String> document,
            Instant expires) {
        Optional<Policy> policy() {
            return document.map(PolicyDocuments::parse);
        }
    }

    String seal(Session session) {
        ObjectNode tree = JSON.createObjectNode();
        tree.put("version", VERSION);
        tree.put("accessKey", session.accessKey());
        tree.put("secret", session.secret().value());
        tree.put("account", session.account().value());
        session.user()
                .ifPresent(user ->
                        tree.put("user", user.id().value())
                                .put("userName", user.name().value())
                                .put("userCreated", user.created().toEpochMilli()));
        session.document().ifPresent(it -> tree.put("policy", it));
        tree.put("expires", session.expires().toEpochMilli());
        return master.wrap(JSON.writeValueAsString(tree), CONTEXT);
    }

    /// @throws RefusedException `TokenMalformed` if we have not made it, `TokenOfAnotherKey` if it came
    ///     with another access key than its own
    Session open(String accessKey, String token) {
        JsonNode tree = unsealed(token);
        if (tree.path("version").asInt(0) != VERSION) {
            throw new RefusedException(new Refusal.Access.TokenMalformed());
        }
        if (!tree.path("accessKey").asString("").equals(accessKey)) {
            throw new RefusedException(new Refusal.Access.TokenOfAnotherKey());
        }
        AccountId account = new AccountId(tree.path("account").asString(""));
        return new Session(
                accessKey,
                new Secret(tree.path("secret").asString("")),
                account,
                user(account, tree),
                tree.path("policy").asStringOpt(),
                Instant.ofEpochMilli(tree.path("expires").asLong(0)));
    }

    private JsonNode unsealed(String token) {
        String text;
        try {
            text = master.unwrap(token, CONTEXT);
        } catch (IllegalArgumentException _) {
            throw new RefusedException(new Refusal.Access.TokenMalformed());
        }
        return JSON.readTree(text);
    }

    private static Optional<User> user(AccountId account, JsonNode tree) {
        return tree.path("user")
                .asStringOpt()
                .map(id ->
                        new User(
                                new UserId(id),
                                account,
                                new UserName(tree.path("userName").asString("")),
                                Instant.ofEpochMilli(tree.path("userCreated").asLong(0))));
    }
}

package org.imageferry.access;

import java.util.List;
import java.util.Optional;
import org.imageferry.catalog.AccessKeys;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.AccessKey;
import org.imageferry.domain.AccessKeyId;
import org.imageferry.domain.Account;
import org.imageferry.domain.Quota;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.User;
import org.imageferry.domain.UserId;
import org.imageferry.kms.MasterKey;

/// The access keys of the catalog, their secrets unwrapped by the master key when they are asked for,
/// and temporary credentials. Each is one read of the catalog, policies and all.
public final class CatalogKeys implements Keys {
    private final Catalog catalog;
    private final MasterKey master;
    private final SessionTokens tokens;

    public CatalogKeys(Catalog catalog, MasterKey master) {
        this.catalog = catalog;
        this.master = master;
        this.tokens = new SessionTokens(master);
    }

    @Override
    public Optional<Credential> find(String accessKey, String securityToken) {
        if (accessKey.startsWith(SessionTokens.ID_START)) {
            return securityToken.isEmpty()
                    ? Optional.empty()
                    : Optional.of(credential(tokens.open(accessKey, securityToken)));
        }
        Optional<AccessKeyId> id = id(accessKey);
        return id.flatMap(it -> catalog.read(tables -> found(tables, it)))
                .map(found -> credential(found.kept(), found.principal()));
    }

    /// What nobody could have made a key of is no key.
    private static Optional<AccessKeyId> id(String text) {
        try {
            return Optional.of(new AccessKeyId(text));
        } catch (RefusedException _) {
            return Optional.empty();
        }
    }

    private record Found(AccessKeys.Kept kept, Principal principal) {}

    private static Optional<Found> found(Tables tables, AccessKeyId id) {
        return tables.accessKeys().find(id).map(kept -> new Found(kept, principal(tables, kept)));
    }

    private static Principal principal(Tables tables, AccessKeys.Kept kept) {
        AccessKey key = kept.key();
        Account account = tables.accounts().find(key.account()).orElseThrow();
        Optional<User> user = key.user().flatMap(tables.users()::find);
        return new Principal(
                account,
                user,
                rights(tables, key.user()),
                key.id().value(),
                Optional.empty(),
                tables.accounts().quota(account.id(), Quota.REQUESTS_PER_SECOND));
    }

    /// Of a user that is gone: none.
    private static Rights rights(Tables tables, Optional<UserId> user) {
        if (user.isEmpty()) {
            return Rights.UNLIMITED;
        }
        List<Policy> policies =
                tables.users().policies(user.get()).stream()
                        .map(policy -> PolicyDocuments.parse(policy.document()))
                        .toList();
        return Rights.of(policies);
    }

    private Credential credential(AccessKeys.Kept kept, Principal principal) {
        return new Credential(
                principal,
                unwrap(master, kept),
                kept.key().active() ? Credential.Standing.GOOD : Credential.Standing.INACTIVE);
    }

    private Credential credential(SessionTokens.Session session) {
        return catalog.read(tables -> {
            Account account = tables.accounts().find(session.account()).orElseThrow();
            Rights own = rights(tables, session.user().map(User::id));
            Principal principal =
                    new Principal(
                            account,
                            session.user(),
                            session.policy().map(own::narrowedBy).orElse(own),
                            session.accessKey(),
                            Optional.of(session.expires()),
                            tables.accounts().quota(account.id(), Quota.REQUESTS_PER_SECOND));
            return new Credential(principal, session.secret(), standing(tables, account, session));
        });
    }

    private static Credential.Standing standing(
            Tables tables, Account account, SessionTokens.Session session) {
        if (account.deleted().isPresent()) {
            return Credential.Standing.ACCOUNT_DELETED;
        }
        return tables.now().isBefore(session.expires())
                ? Credential.Standing.GOOD
                : Credential.Standing.EXPIRED;
    }

    /// Wraps the secret of an access key. It is good for this access key only.
    public static String wrap(MasterKey master, AccessKeyId id, Secret secret) {
        return master.wrap(secret.value(), context(id));
    }

    /// @throws IllegalArgumentException if another master key wrapped it
    public static Secret unwrap(MasterKey master, AccessKeys.Kept kept) {
        return new Secret(master.unwrap(kept.wrappedSecret(), context(kept.key().id())));
    }

    private static String context(AccessKeyId id) {
        return "access-key:" + id;
    }
}

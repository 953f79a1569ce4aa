package org.imageferry.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.imageferry.catalog.CatalogScenes.HANGZHOU;
import static org.imageferry.catalog.CatalogScenes.SHANGHAI;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.imageferry.domain.AccessKey;
import org.imageferry.domain.AccessKeyId;
import org.imageferry.domain.Account;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.AccountName;
import org.imageferry.domain.Image;
import org.imageferry.domain.PolicyName;
import org.imageferry.domain.Quota;
import org.imageferry.domain.Task;
import org.imageferry.domain.User;
import org.imageferry.domain.UserId;
import org.imageferry.domain.UserName;
import org.imageferry.domain.UserPolicy;
import org.junit.jupiter.api.Test;

/// Accounts, their users with policies, and access keys.
interface AccountsContract extends CatalogFixture {
    private Account find(AccountId id) {
        return row(tables -> tables.accounts().find(id)).orElseThrow();
    }

    private boolean made(java.util.function.Function<Tables, Boolean> change) {
        return catalog().write(change);
    }

    @Test
    default void accountsAreListedOldestFirst() {
        AccountId first = scenes().account();
        clock().advance(Duration.ofSeconds(1));
        AccountId second = scenes().account();
        assertThat(rows(tables -> tables.accounts().all())).containsExactly(first, second);
        assertThat(catalog().<Page<Account>>read(tables -> tables.accounts().list(1, 5)))
                .isEqualTo(new Page<>(List.of(find(second)), 2));
        assertThat(find(second).created()).isEqualTo(catalog().read(Tables::now));
    }

    @Test
    default void anAccountKeepsWhatIsSet() {
        AccountId id = scenes().account();
        Account changed =
                find(id).with(new AccountName("Renamed"))
                        .with(new Account.Switches(false, true, false))
                        .withAdministrator(true);
        assertThat(number(tables -> tables.accounts().administrators())).isZero();
        assertThat(made(tables -> tables.accounts().update(changed))).isTrue();
        assertThat(find(id)).isEqualTo(changed);
        assertThat(row(tables -> tables.accounts().find(changed.name()))).contains(changed);
        assertThat(number(tables -> tables.accounts().administrators())).isEqualTo(1);
    }

    @Test
    default void aNameIsGoodForOneAccountUntilThatIsDeleted() {
        AccountId first = scenes().account();
        AccountId second = scenes().account();
        Account renamed = find(second).with(find(first).name());
        Account third =
                Account.of(
                        new AccountId("9999999999999999"),
                        find(first).name(),
                        catalog().read(Tables::now));
        assertThat(made(tables -> tables.accounts().update(renamed))).isFalse();
        assertThat(made(tables -> tables.accounts().add(third))).isFalse();
        assertThat(row(tables -> tables.accounts().find(third.id()))).isEmpty();
        change(tables -> tables.accounts().delete(first));
        assertThat(made(tables -> tables.accounts().add(third))).isTrue();
        assertThat(row(tables -> tables.accounts().find(third.name()))).contains(third);
    }

    @Test
    default void aDeletedAccountIsFoundByItsIdAloneAndItsKeysAndUsersAreGone() {
        AccountId id = scenes().account();
        User user = user(id, "200000000000000001", "eve");
        AccessKeys.Kept key = key("LTAI1", id, Optional.of(user.id()));
        Account before = find(id);
        change(tables -> {
            tables.accounts().update(before.withAdministrator(true));
            tables.accessKeys().add(key);
        });
        change(tables -> tables.accounts().delete(id));
        assertThat(find(id).deleted()).contains(catalog().read(Tables::now));
        assertThat(rows(tables -> tables.accounts().all())).isEmpty();
        assertThat(row(tables -> tables.accounts().find(before.name()))).isEmpty();
        assertThat(number(tables -> tables.accounts().administrators())).isZero();
        assertThat(number(tables -> tables.accounts().list(0, 5).total())).isZero();
        assertThat(row(tables -> tables.users().find(user.id()))).isEmpty();
        assertThat(row(tables -> tables.accessKeys().find(key.key().id()))).isEmpty();
    }

    @Test
    default void anAccountHoldsImagesSnapshotsAndOpenTasks() {
        AccountId none = scenes().account();
        AccountId snapshots = scenes().account();
        scenes().snapshot(snapshots, HANGZHOU);
        Image image = scenes().image(scenes().account(), HANGZHOU);
        assertThat(holds(none)).isFalse();
        assertThat(holds(snapshots)).isTrue();
        assertThat(holds(image.account())).isTrue();
        Task copy = scenes().copy(image, SHANGHAI);
        assertThat(holds(copy.account())).isTrue();
    }

    private boolean holds(AccountId account) {
        return is(tables -> tables.accounts().holdsAnything(account));
    }

    @Test
    default void theQuotasThatWereSetAreListed() {
        AccountId id = scenes().account();
        assertThat(catalog().<Map<Quota, Long>>read(tables -> tables.accounts().quotas(id)))
                .isEmpty();
        change(tables -> tables.accounts().setQuota(id, Quota.IMAGES, 5));
        assertThat(catalog().<Map<Quota, Long>>read(tables -> tables.accounts().quotas(id)))
                .isEqualTo(Map.of(Quota.IMAGES, 5L));
    }

    private AccessKeys.Kept key(String id, AccountId account, Optional<UserId> user) {
        return new AccessKeys.Kept(
                new AccessKey(
                        new AccessKeyId(id), account, user, true, catalog().read(Tables::now)),
                "d3JhcHBlZA==");
    }

    @Test
    default void anAccessKeyIsFoundAndKeepsItsSecretToItself() {
        AccountId account = scenes().account();
        AccessKeys.Kept kept = key("LTAI1", account, Optional.empty());
        change(tables -> tables.accessKeys().add(kept));
        assertThat(row(tables -> tables.accessKeys().find(kept.key().id()))).contains(kept);
        assertThat(row(tables -> tables.accessKeys().find(new AccessKeyId("ltai1")))).isEmpty();
        assertThat(kept.toString()).doesNotContain("d3JhcHBlZA==");
        AccessKey off = kept.key().with(false);
        change(tables -> tables.accessKeys().update(off));
        assertThat(rows(tables -> tables.accessKeys().of(account))).containsExactly(off);
        change(tables -> tables.accessKeys().delete(off.id()));
        assertThat(rows(tables -> tables.accessKeys().of(account))).isEmpty();
    }

    @Test
    default void theAccessKeysOfAllAccountsAreWrappedAnew() {
        AccessKeys.Kept first = key("LTAI1", scenes().account(), Optional.empty());
        AccessKeys.Kept second = key("LTAI2", scenes().account(), Optional.empty());
        change(tables -> tables.accessKeys().add(second));
        change(tables -> tables.accessKeys().add(first));
        change(tables -> tables.accessKeys().rewrap(second.key().id(), "YW5ldw=="));
        assertThat(rows(tables -> tables.accessKeys().all()))
                .containsExactly(first, new AccessKeys.Kept(second.key(), "YW5ldw=="));
    }

    @Test
    default void anAccountMayHaveSeveralAccessKeysAndSoMayItsUsers() {
        AccountId account = scenes().account();
        User user = user(account, "200000000000000001", "eve");
        AccessKeys.Kept own = key("LTAI2", account, Optional.empty());
        change(tables -> tables.accessKeys().add(own));
        clock().advance(Duration.ofSeconds(1));
        AccessKeys.Kept theirs = key("LTAI1", account, Optional.of(user.id()));
        change(tables -> tables.accessKeys().add(theirs));
        assertThat(rows(tables -> tables.accessKeys().of(account)))
                .containsExactly(own.key(), theirs.key());
        AccountId other = scenes().account();
        assertThat(rows(tables -> tables.accessKeys().of(other))).isEmpty();
        assertThat(row(tables -> tables.accessKeys().oldest())).contains(own);
    }

    @Test
    default void anAccessKeyBelongsToAnAccountAndIsAddedOnce() {
        AccountId account = scenes().account();
        AccessKeys.Kept key = key("LTAI1", account, Optional.empty());
        change(tables -> tables.accessKeys().add(key));
        assertThatIllegalStateException()
                .isThrownBy(() -> change(tables -> tables.accessKeys().add(key)));
        AccessKeys.Kept nobodys = key("LTAI2", new AccountId("9999999999999999"), Optional.empty());
        assertThatIllegalStateException()
                .isThrownBy(() -> change(tables -> tables.accessKeys().add(nobodys)));
    }

    private User user(AccountId account, String id, String name) {
        User user =
                new User(new UserId(id), account, new UserName(name), catalog().read(Tables::now));
        assertThat(made(tables -> tables.users().add(user))).isTrue();
        return user;
    }

    @Test
    default void aUsersNameIsUniqueInItsAccount() {
        AccountId account = scenes().account();
        User eve = user(account, "200000000000000002", "eve");
        User adam = user(account, "200000000000000003", "adam");
        User other = user(scenes().account(), "200000000000000004", "eve");
        User again = new User(new UserId("200000000000000005"), account, eve.name(), eve.created());
        assertThat(made(tables -> tables.users().add(again))).isFalse();
        assertThat(row(tables -> tables.users().find(account, eve.name()))).contains(eve);
        assertThat(row(tables -> tables.users().find(other.id()))).contains(other);
        assertThat(row(tables -> tables.users().find(again.id()))).isEmpty();
        assertThat(catalog().<Page<User>>read(tables -> tables.users().list(account, 0, 10)))
                .isEqualTo(new Page<>(List.of(adam, eve), 2));
        assertThat(catalog().<Page<User>>read(tables -> tables.users().list(account, 1, 1)))
                .isEqualTo(new Page<>(List.of(eve), 2));
    }

    @Test
    default void aPolicyIsPutInPlaceOfTheOneOfItsName() {
        User eve = user(scenes().account(), "200000000000000001", "eve");
        UserPolicy read = policy(eve, "read", "{\"a\":1}");
        UserPolicy next = policy(eve, "read", "{\"a\":2}");
        UserPolicy all = policy(eve, "all", "{}");
        for (UserPolicy policy : List.of(read, next, all)) {
            change(tables -> tables.users().put(policy));
        }
        assertThat(rows(tables -> tables.users().policies(eve.id()))).containsExactly(all, next);
        assertThat(made(tables -> tables.users().deletePolicy(eve.id(), all.name()))).isTrue();
        assertThat(made(tables -> tables.users().deletePolicy(eve.id(), all.name()))).isFalse();
        assertThat(rows(tables -> tables.users().policies(eve.id()))).containsExactly(next);
    }

    private UserPolicy policy(User user, String name, String document) {
        return new UserPolicy(
                user.id(), new PolicyName(name), document, catalog().read(Tables::now));
    }

    @Test
    default void withAUserGoItsKeysAndPolicies() {
        AccountId account = scenes().account();
        User eve = user(account, "200000000000000001", "eve");
        AccessKeys.Kept own = key("LTAI1", account, Optional.empty());
        AccessKeys.Kept theirs = key("LTAI2", account, Optional.of(eve.id()));
        UserPolicy policy = policy(eve, "all", "{}");
        change(tables -> {
            tables.accessKeys().add(own);
            tables.accessKeys().add(theirs);
            tables.users().put(policy);
            tables.users().delete(eve.id());
        });
        assertThat(rows(tables -> tables.accessKeys().of(account))).containsExactly(own.key());
        assertThat(rows(tables -> tables.users().policies(eve.id()))).isEmpty();
    }
}

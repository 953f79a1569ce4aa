package org.imageferry.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.catalog.CatalogScenes.HANGZHOU;
import static org.imageferry.catalog.CatalogScenes.SHANGHAI;

import java.util.List;
import java.util.Optional;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.User;
import org.imageferry.domain.UserId;
import org.imageferry.domain.UserName;
import org.junit.jupiter.api.Test;

interface OutboxContract extends CatalogFixture {
    private static Outbox.Entry entry(long sequence, String subject, Optional<Long> supersedes) {
        return new Outbox.Entry(HANGZHOU, sequence, subject, "{\"n\":1}", supersedes);
    }

    private void add(RegionId region, String subject) {
        change(tables -> tables.outbox().add(region, subject, "{\"n\":1}"));
    }

    private List<Outbox.Entry> pending(RegionId region, int limit) {
        return rows(tables -> tables.outbox().pending(region, limit));
    }

    private long last(RegionId region) {
        return number(tables -> tables.outbox().last(region));
    }

    @Test
    default void recordsAreNumberedInTheirRegionAndComeInOrder() {
        scenes();
        assertThat(last(HANGZHOU)).isZero();
        add(HANGZHOU, "m-1");
        add(HANGZHOU, "m-2");
        add(SHANGHAI, "m-1");
        assertThat(pending(HANGZHOU, 10))
                .containsExactly(
                        entry(1, "m-1", Optional.empty()), entry(2, "m-2", Optional.empty()));
        assertThat(pending(HANGZHOU, 1)).hasSize(1);
        assertThat(last(HANGZHOU)).isEqualTo(2);
        assertThat(last(SHANGHAI)).isEqualTo(1);
    }

    @Test
    default void aRecordSupersedesTheOneOfItsSubjectBeforeItAlsoWhenThatWasWritten() {
        scenes();
        add(HANGZHOU, "m-1");
        add(HANGZHOU, "m-1");
        assertThat(pending(HANGZHOU, 10))
                .containsExactly(
                        entry(1, "m-1", Optional.empty()), entry(2, "m-1", Optional.of(1L)));
        change(tables -> tables.outbox().written(HANGZHOU, 1));
        change(tables -> tables.outbox().written(HANGZHOU, 2));
        add(HANGZHOU, "m-1");
        add(SHANGHAI, "m-1");
        assertThat(pending(HANGZHOU, 10)).containsExactly(entry(3, "m-1", Optional.of(2L)));
        assertThat(pending(SHANGHAI, 10).getFirst().supersedes()).isEmpty();
    }

    @Test
    default void aRecordIsOvertakenOnceALaterOneOfItsSubjectIsWritten() {
        scenes();
        add(HANGZHOU, "m-1");
        add(HANGZHOU, "m-2");
        Outbox.Entry first = pending(HANGZHOU, 1).getFirst();
        change(tables -> tables.outbox().written(HANGZHOU, 1));
        change(tables -> tables.outbox().written(HANGZHOU, 2));
        assertThat(is(tables -> tables.outbox().isOvertaken(first))).isFalse();
        add(HANGZHOU, "m-1");
        assertThat(is(tables -> tables.outbox().isOvertaken(first))).isFalse();
        change(tables -> tables.outbox().written(HANGZHOU, 3));
        assertThat(is(tables -> tables.outbox().isOvertaken(first))).isTrue();
    }

    @Test
    default void aWrittenRecordIsNotPendingButStillCounts() {
        scenes();
        add(HANGZHOU, "m-1");
        change(tables -> tables.outbox().written(HANGZHOU, 1));
        assertThat(pending(HANGZHOU, 10)).isEmpty();
        assertThat(last(HANGZHOU)).isEqualTo(1);
    }

    @Test
    default void theNewestRecordOfEachSubjectIsKnownByPages() {
        scenes();
        add(HANGZHOU, "m-1");
        add(HANGZHOU, "m-2");
        add(HANGZHOU, "m-1");
        add(SHANGHAI, "m-3");
        Outbox.Newest first = new Outbox.Newest("m-1", 3);
        assertThat(rows(tables -> tables.outbox().newest(HANGZHOU, Optional.empty(), 1)))
                .containsExactly(first);
        assertThat(rows(tables -> tables.outbox().newest(HANGZHOU, Optional.of("m-1"), 10)))
                .containsExactly(new Outbox.Newest("m-2", 2));
    }

    @Test
    default void whatPendingRecordsSupersedeIsKnown() {
        scenes();
        add(HANGZHOU, "m-1");
        change(tables -> tables.outbox().written(HANGZHOU, 1));
        add(HANGZHOU, "m-2");
        assertThat(rows(tables -> tables.outbox().superseded(HANGZHOU))).isEmpty();
        add(HANGZHOU, "m-1");
        assertThat(rows(tables -> tables.outbox().superseded(HANGZHOU))).containsExactly(1L);
        assertThat(rows(tables -> tables.outbox().superseded(SHANGHAI))).isEmpty();
    }

    @Test
    default void whatARegionWasNeverToldOfIsUntoldThere() {
        AccountId account = scenes().account();
        AccountId other = scenes().account();
        UserId user = new UserId("100000000000000001");
        change(tables ->
                tables.users().add(new User(user, account, new UserName("ann"), tables.now())));
        assertThat(rows(tables -> tables.outbox().untoldAccounts(HANGZHOU, 10)))
                .containsExactly(account, other);
        assertThat(rows(tables -> tables.outbox().untoldAccounts(HANGZHOU, 1)))
                .containsExactly(account);
        add(HANGZHOU, account.value());
        change(tables -> tables.outbox().written(HANGZHOU, 1));
        change(tables -> tables.accounts().delete(other));
        assertThat(rows(tables -> tables.outbox().untoldAccounts(HANGZHOU, 10)))
                .containsExactly(other);
        assertThat(rows(tables -> tables.outbox().untoldAccounts(SHANGHAI, 10))).hasSize(2);
        assertThat(rows(tables -> tables.outbox().untoldUsers(HANGZHOU, 10))).containsExactly(user);
        add(HANGZHOU, user.value());
        assertThat(rows(tables -> tables.outbox().untoldUsers(HANGZHOU, 10))).isEmpty();
        assertThat(is(tables -> tables.outbox().isTold(HANGZHOU, user.value()))).isTrue();
        assertThat(is(tables -> tables.outbox().isTold(SHANGHAI, user.value()))).isFalse();
    }

    @Test
    default void recordsOfASubjectAreCounted() {
        AccountId account = scenes().account();
        UserId user = new UserId("100000000000000001");
        change(tables ->
                tables.users().add(new User(user, account, new UserName("ann"), tables.now())));
        for (long count = 1; count <= 2; count++) {
            assertThat(catalog().<Long>write(tables -> tables.accounts().raise(account)))
                    .isEqualTo(count);
            assertThat(number(tables -> tables.accounts().revision(account))).isEqualTo(count);
            assertThat(catalog().<Long>write(tables -> tables.users().raise(user)))
                    .isEqualTo(count);
            assertThat(number(tables -> tables.users().revision(user))).isEqualTo(count);
            assertThat(catalog().<Long>write(tables -> tables.regions().raise(HANGZHOU)))
                    .isEqualTo(count);
        }
    }
}

package org.imageferry.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.catalog.CatalogScenes.HANGZHOU;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.EventType;
import org.imageferry.domain.Image;
import org.imageferry.domain.Task;
import org.imageferry.domain.TaskState;
import org.imageferry.domain.Webhook;
import org.imageferry.domain.WebhookHealth;
import org.imageferry.domain.WebhookId;
import org.imageferry.domain.WebhookUrl;
import org.junit.jupiter.api.Test;

interface WebhooksContract extends CatalogFixture {
    Duration CLAIM = Duration.ofMinutes(1);

    private Webhook webhook(AccountId account, String... types) {
        String letters = scenes().taskId().value().substring(2);
        Webhook webhook =
                new Webhook(
                        new WebhookId("wh-" + letters),
                        account,
                        new WebhookUrl("https://example.com/" + letters),
                        List.of(types).stream()
                                .map(type -> EventType.find(type).orElseThrow())
                                .toList(),
                        catalog().read(Tables::now),
                        WebhookHealth.NEW);
        change(tables -> tables.webhooks().add(new Webhooks.Kept(webhook, "wrapped")));
        return webhook;
    }

    private Image image() {
        return scenes().image(scenes().account(), HANGZHOU);
    }

    private Task ended(Image image) {
        return scenes().end(scenes().export(image));
    }

    private long pending(Webhook webhook) {
        return number(tables -> tables.webhooks().pending(webhook.id()));
    }

    private Optional<Webhooks.Delivery> claim() {
        return catalog().write(tables -> tables.webhooks().claim(tables.now().plus(CLAIM)));
    }

    private boolean release(Webhooks.Delivery delivery, Duration rest) {
        return catalog()
                .write(tables ->
                        tables.webhooks()
                                .release(
                                        delivery,
                                        delivery.to().webhook(),
                                        tables.now().plus(rest)));
    }

    private void finish(Webhooks.Delivery delivery) {
        change(tables ->
                tables.webhooks().finish(delivery.to().webhook().id(), delivery.event().id()));
    }

    private Webhook found(Webhook webhook) {
        return row(tables -> tables.webhooks().find(webhook.id())).orElseThrow().webhook();
    }

    @Test
    default void aWebhookIsFoundAsItWasAdded() {
        AccountId account = scenes().account();
        Webhook all = webhook(account);
        Webhook some = webhook(account, "copy.failed", "import.failed");
        webhook(scenes().account());
        assertThat(rows(tables -> tables.webhooks().of(account))).containsExactly(all, some);
        assertThat(found(some)).isEqualTo(some);
        assertThat(rows(tables -> tables.webhooks().all())).hasSize(3);
    }

    @Test
    default void whatWaitsForAllWebhooksIsCountedAndItsOldestEventKnown() {
        assertThat(waiting()).isEqualTo(new Webhooks.Waiting(0, Optional.empty()));
        Image image = image();
        Webhook one = webhook(image.account());
        webhook(image.account());
        Task first = ended(image);
        clock().advance(CLAIM);
        ended(image());
        ended(image);
        assertThat(waiting())
                .isEqualTo(
                        new Webhooks.Waiting(
                                4, Optional.of(((TaskState.Ended) first.state()).at())));
        change(tables -> tables.webhooks().delete(one.id()));
        assertThat(waiting().deliveries()).isEqualTo(2);
    }

    private Webhooks.Waiting waiting() {
        return catalog().read(tables -> tables.webhooks().waiting());
    }

    @Test
    default void itsHealthIsKept() {
        Webhook webhook = webhook(scenes().account());
        Instant now = catalog().read(Tables::now);
        Webhook failing = webhook.with(webhook.health().failed(now, "it answered 500", true));
        change(tables -> tables.webhooks().update(failing));
        assertThat(found(webhook)).isEqualTo(failing);
        Webhook good = failing.with(failing.health().delivered(now));
        change(tables -> tables.webhooks().update(good));
        assertThat(found(webhook)).isEqualTo(good);
    }

    @Test
    default void theEndOfATaskIsEnteredForTheWebhooksThatWantIt() {
        Image image = image();
        Webhook all = webhook(image.account());
        Webhook exports = webhook(image.account(), "export.failed", "export.finished");
        Webhook failures = webhook(image.account(), "export.failed");
        Webhook others = webhook(scenes().account());
        Webhook disabled = webhook(image.account());
        Instant now = catalog().read(Tables::now);
        change(tables ->
                tables.webhooks()
                        .update(disabled.with(disabled.health().failed(now, "gone", true))));
        ended(image);
        assertThat(List.of(all, exports, failures, others, disabled).stream().map(this::pending))
                .containsExactly(1L, 1L, 0L, 0L, 0L);
    }

    @Test
    default void whatIsDueIsClaimedOnceAndWithTheEvent() {
        Image image = image();
        assertThat(is(tables -> tables.webhooks().anyDue())).isFalse();
        Webhook webhook = webhook(image.account());
        Task first = ended(image);
        Task second = ended(image);
        assertThat(is(tables -> tables.webhooks().anyDue())).isTrue();
        Webhooks.Delivery delivery = claim().orElseThrow();
        assertThat(delivery.to()).isEqualTo(new Webhooks.Kept(webhook, "wrapped"));
        assertThat(delivery.event().task()).isEqualTo(first);
        assertThat(delivery.attempts()).isZero();
        assertThat(claim()).isEmpty();
        finish(delivery);
        assertThat(release(delivery, Duration.ZERO)).isTrue();
        assertThat(claim().orElseThrow().event().task()).isEqualTo(second);
    }

    @Test
    default void ofThreadsThatRaceForOneDeliveryOneGetsIt() throws Exception {
        Image image = image();
        webhook(image.account());
        ended(image);
        List<Optional<Webhooks.Delivery>> claims = Racing.all(4, _ -> claim());
        assertThat(claims.stream().filter(Optional::isPresent)).hasSize(1);
    }

    @Test
    default void aClaimThatRanOutIsAnothersAndItsHolderLearnsIt() {
        Image image = image();
        webhook(image.account());
        ended(image);
        Webhooks.Delivery late = claim().orElseThrow();
        clock().advance(CLAIM);
        Webhooks.Delivery next = claim().orElseThrow();
        assertThat(next.event()).isEqualTo(late.event());
        assertThat(release(late, Duration.ZERO)).isFalse();
        assertThat(release(next, Duration.ZERO)).isTrue();
    }

    @Test
    default void aWebhookIsLeftAloneAsLongAsItRests() {
        Image image = image();
        webhook(image.account());
        ended(image);
        assertThat(release(claim().orElseThrow(), Duration.ofSeconds(10))).isTrue();
        clock().advance(Duration.ofMillis(9_999));
        assertThat(claim()).isEmpty();
        clock().advance(Duration.ofMillis(1));
        assertThat(claim()).isPresent();
    }

    @Test
    default void whatIsTriedAgainIsDueLaterAndHoldsUpNothingElse() {
        Image image = image();
        Webhook webhook = webhook(image.account());
        Task first = ended(image);
        Webhooks.Delivery delivery = claim().orElseThrow();
        change(tables ->
                tables.webhooks()
                        .retry(webhook.id(), delivery.event().id(), tables.now().plusSeconds(60)));
        release(delivery, Duration.ZERO);
        Task second = ended(image);
        Webhooks.Delivery other = claim().orElseThrow();
        assertThat(other.event().task()).isEqualTo(second);
        finish(other);
        release(other, Duration.ZERO);
        assertThat(claim()).isEmpty();
        clock().advance(Duration.ofSeconds(60));
        Webhooks.Delivery again = claim().orElseThrow();
        assertThat(again.event().task()).isEqualTo(first);
        assertThat(again.attempts()).isEqualTo(1);
    }

    @Test
    default void webhooksTakeTurns() {
        Image image = image();
        webhook(image.account());
        webhook(image.account());
        IntStream.range(0, 2).forEach(_ -> ended(image));
        Webhooks.Delivery one = claim().orElseThrow();
        Webhooks.Delivery other = claim().orElseThrow();
        assertThat(other.to().webhook()).isNotEqualTo(one.to().webhook());
        finish(one);
        clock().advance(Duration.ofMillis(1));
        release(one, Duration.ZERO);
        finish(other);
        clock().advance(Duration.ofMillis(1));
        release(other, Duration.ZERO);
        assertThat(claim().orElseThrow().to().webhook()).isEqualTo(one.to().webhook());
    }

    @Test
    default void onlySoManyWaitForAWebhookAndTheRestIsCounted() {
        Image image = image();
        Webhook webhook = webhook(image.account());
        List<Task> tasks =
                IntStream.range(0, Webhooks.MOST_DELIVERIES + 2)
                        .mapToObj(_ -> scenes().export(image))
                        .toList();
        change(tables ->
                tasks.forEach(
                        task -> tables.tasks().update(task.end(new TaskState.Done(tables.now())))));
        assertThat(pending(webhook)).isEqualTo(Webhooks.MOST_DELIVERIES);
        assertThat(found(webhook).health().missed()).isEqualTo(2);
        change(tables -> tables.webhooks().drop(webhook.id()));
        assertThat(pending(webhook)).isZero();
    }

    @Test
    default void aDeletedWebhookGetsNothingMore() {
        Image image = image();
        Webhook webhook = webhook(image.account());
        ended(image);
        Webhooks.Delivery delivery = claim().orElseThrow();
        change(tables -> tables.webhooks().delete(webhook.id()));
        assertThat(row(tables -> tables.webhooks().find(webhook.id()))).isEmpty();
        assertThat(release(delivery, Duration.ZERO)).isFalse();
        assertThat(is(tables -> tables.webhooks().anyDue())).isFalse();
    }

    @Test
    default void deliveriesGoWithTheirEvents() {
        Image image = image();
        Webhook webhook = webhook(image.account());
        ended(image);
        clock().advance(Duration.ofDays(8));
        change(tables -> tables.tasks().forget(tables.now(), 10));
        assertThat(pending(webhook)).isZero();
    }

    @Test
    default void aSecretIsWrappedAnew() {
        Webhook webhook = webhook(scenes().account());
        change(tables -> tables.webhooks().rewrap(webhook.id(), "anew"));
        assertThat(row(tables -> tables.webhooks().find(webhook.id())))
                .contains(new Webhooks.Kept(webhook, "anew"));
        assertThat(new Webhooks.Kept(webhook, "anew").toString()).doesNotContain("anew");
    }

    @Test
    default void theWebhooksOfADeletedAccountGoWithIt() {
        AccountId account = scenes().account();
        Webhook webhook = webhook(account);
        change(tables -> tables.accounts().delete(account));
        assertThat(row(tables -> tables.webhooks().find(webhook.id()))).isEmpty();
    }
}

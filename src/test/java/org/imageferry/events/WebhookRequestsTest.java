package org.imageferry.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLSocketFactory;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.CatalogScenes;
import org.imageferry.catalog.TestClock;
import org.imageferry.catalog.jdbc.SqliteCatalog;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.Webhook;
import org.imageferry.domain.WebhookUrl;
import org.imageferry.kms.MemoryMasterKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Webhooks where no others than public addresses are allowed.
class WebhookRequestsTest {
    private final TestClock clock = new TestClock();
    private final Catalog catalog = SqliteCatalog.inMemory(clock, new Random(1));
    private final AccountId account = new CatalogScenes(catalog).account();
    private final MemoryMasterKey master = new MemoryMasterKey();
    private final Outside outside =
            new Outside(
                    false,
                    _ -> List.of(InetAddress.ofLiteral("169.254.169.254")),
                    (SSLSocketFactory) SSLSocketFactory.getDefault(),
                    clock);
    private final WebhookRequests requests =
            new WebhookRequests(catalog, master, outside, new Random(2));
    private int nonces;

    @AfterEach
    void closeCatalog() {
        catalog.close();
    }

    private WebhookRequests.Created create(String url) {
        return requests.create(
                new WebhookRequests.Order(account, "key", "nonce" + nonces++),
                new WebhookUrl(url),
                List.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://hooks.example/",
                "https://127.0.0.1/",
                "https://[::1]:8443/",
                "https://169.254.169.254/latest/meta-data/",
                "https://10.1.2.3/"
            })
    void anAddressThatMayNotBeReachedIsRefusedAtOnceWhereItCanBeTold(String url) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> create(url))
                .satisfies(e ->
                        assertThat(e.refusal())
                                .isInstanceOfSatisfying(
                                        Refusal.OfWebhook.Address.class,
                                        it ->
                                                assertThat(it.reason())
                                                        .contains("webhooks: private-addresses")));
    }

    @Test
    void aNameThatLeadsToSuchAnAddressIsNotReachedEither() {
        Webhook webhook = create("https://metadata.example/").webhook();

        assertThat(requests.test(account, webhook.id()).error())
                .hasValueSatisfying(error -> assertThat(error).contains("no public address"));
    }

    @Test
    void theSecretIsKeptWrapped() {
        WebhookRequests.Created created = create("https://hooks.example/");

        var kept =
                catalog.read(tables -> tables.webhooks().find(created.webhook().id()))
                        .orElseThrow();
        assertThat(kept.wrappedSecret()).doesNotContain(created.secret().value());
        assertThat(WebhookSecret.unwrap(master, kept)).isEqualTo(created.secret());
    }

    @Test
    void aRequestThatComesTwiceCountsOnce() {
        WebhookRequests.Order order = new WebhookRequests.Order(account, "key", "once");
        WebhookUrl url = new WebhookUrl("https://hooks.example/");
        requests.create(order, url, List.of());

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> requests.create(order, url, List.of()));
        assertThat(requests.list(account)).hasSize(1);
    }
}

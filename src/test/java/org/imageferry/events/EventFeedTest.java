package org.imageferry.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.CatalogScenes;
import org.imageferry.catalog.TestClock;
import org.imageferry.catalog.jdbc.SqliteCatalog;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Event;
import org.imageferry.domain.EventId;
import org.imageferry.domain.Image;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventFeedTest {
    private static final Duration WAIT = Duration.ofSeconds(5);

    private final TestClock clock = new TestClock();
    private final Catalog catalog = SqliteCatalog.inMemory(clock, new Random(1));
    private final CatalogScenes scenes = new CatalogScenes(catalog);
    private final TestHints hints = new TestHints();
    private final EventFeed feed = new EventFeed(catalog, hints, clock);
    private final Image image = scenes.image(scenes.account(), CatalogScenes.HANGZHOU);

    @AfterEach
    void closeCatalog() {
        catalog.close();
    }

    private List<Event> read(Duration wait) {
        return read(image.account(), wait);
    }

    private List<Event> read(AccountId account, Duration wait) {
        return feed.read(new EventFeed.Question(account, EventId.NONE, Optional.empty(), 10), wait);
    }

    private void end() {
        scenes.end(scenes.export(image));
    }

    @Test
    void whatIsThereIsGivenAtOnce() {
        end();
        assertThat(read(WAIT)).hasSize(1);
        assertThat(hints.waits()).isEmpty();
    }

    @Test
    void whoDoesNotWaitIsToldThatThereIsNothing() {
        assertThat(read(Duration.ZERO)).isEmpty();
        assertThat(hints.waits()).isEmpty();
    }

    @Test
    void whoWaitsGetsTheFirstEventThatComes() {
        hints.meanwhile(() -> clock.advance(Duration.ofSeconds(1)));
        hints.meanwhile(this::end);
        assertThat(read(WAIT)).hasSize(1);
        assertThat(hints.waits()).hasSize(2);
    }

    @Test
    void aWaitEndsWhenItsTimeIsOver() {
        hints.meanwhile(() -> clock.advance(Duration.ofMillis(4_999)));
        hints.meanwhile(() -> clock.advance(Duration.ofMillis(1)));
        assertThat(read(WAIT)).isEmpty();
        assertThat(hints.waits()).containsExactly(Duration.ofSeconds(2), Duration.ofMillis(1));
    }

    @Test
    void anAccountHasOnlySoManyWaitingAndTheNextIsAnsweredAtOnce() {
        assertThat(waitingInside(image.account(), EventFeed.MOST_WAITING_OF_ACCOUNT)).isEmpty();
        assertThat(feed.waiting()).isZero();
    }

    @Test
    void allAccountsTogetherHaveOnlySoManyWaiting() {
        int each = EventFeed.MOST_WAITING_OF_ACCOUNT;
        Runnable last = () -> assertThat(read(scenes.account(), WAIT)).isEmpty();
        Runnable nest = last;
        for (int i = 0; i < EventFeed.MOST_WAITING / each; i++) {
            AccountId account = scenes.account();
            Runnable inner = nest;
            nest = () -> nested(account, each, inner);
        }
        nest.run();
        assertThat(hints.waits()).hasSize(EventFeed.MOST_WAITING);
        assertThat(feed.waiting()).isZero();
    }

    /// So many wait, and while the last of them does, somebody else asks.
    ///
    /// @return what that one is answered
    private List<Event> waitingInside(AccountId account, int many) {
        List<List<Event>> answers = new ArrayList<>();
        nested(account, many, () -> answers.add(read(account, WAIT)));
        assertThat(hints.waits()).hasSize(many);
        return answers.getFirst();
    }

    private void nested(AccountId account, int many, Runnable inside) {
        Runnable nest =
                IntStream.range(0, many)
                        .<Runnable>mapToObj(_ -> () -> {})
                        .reduce(
                                () -> {
                                    inside.run();
                                    clock.advance(WAIT);
                                },
                                (inner, _) ->
                                        () -> {
                                            hints.meanwhile(inner);
                                            assertThat(read(account, WAIT)).isEmpty();
                                        });
        nest.run();
    }

    @Test
    void nobodyWaitsOnceTheServerStops() {
        hints.meanwhile(feed::close);
        assertThat(read(WAIT)).isEmpty();
        assertThat(read(WAIT)).isEmpty();
        assertThat(hints.waits()).hasSize(1);
    }
}

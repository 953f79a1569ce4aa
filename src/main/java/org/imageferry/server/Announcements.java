package org.imageferry.server;

import java.time.InstantSource;
import org.imageferry.events.EventFeed;

/// All in a server that tells of events.
final class Announcements implements AutoCloseable {
    private final Bells bells;
    private final EventFeed feed;

    Announcements(Installation installation) {
        this.bells = installation.bells();
        this.feed =
                new EventFeed(
                        installation.catalog(),
                        new BellHints(bells.ofAll()),
                        InstantSource.system());
    }

    EventFeed feed() {
        return feed;
    }

    /// Nobody waits for events any more.
    @Override
    public void close() {
        feed.close();
        bells.ringAll();
    }
}

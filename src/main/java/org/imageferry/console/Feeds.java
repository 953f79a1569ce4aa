package org.imageferry.console;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.imageferry.ecs.EcsException;
import tools.jackson.databind.json.JsonMapper;

/// Sends a page's live parts again whenever they change: a stream of server-sent events (WHATWG HTML,
/// "Server-sent events"), looked at once a second. It ends with the session, and with the server.
///
/// Each event `part` is a JSON object of an element's `id` and its new `html`; `news` is a sentence for
/// who does not see them; `end` says that the page is to be asked for again.
final class Feeds {
    static final int MOST_VIEWERS = 64;
    private static final Duration BEAT = Duration.ofSeconds(1);

    /// Connections that nothing comes through are closed by whatever lies between.
    private static final Duration SILENCE = Duration.ofSeconds(15);

    private static final JsonMapper JSON = new JsonMapper();

    private final Semaphore places = new Semaphore(MOST_VIEWERS);
    private final Pulse pulse;
    private final InstantSource clock;

    Feeds(Pulse pulse, InstantSource clock) {
        this.pulse = pulse;
        this.clock = clock;
    }

    /// @return false if there are too many viewers already
    boolean enter() {
        return places.tryAcquire();
    }

    void leave() {
        places.release();
    }

    /// Returns when it is over.
    ///
    /// @param renewed who the session is of, and what that may now; nothing once it is over
    /// @throws IOException when the viewer is gone
    void run(Page page, Visit visit, Function<Session, Optional<Asker>> renewed, OutputStream out)
            throws IOException {
        new Feed(page, visit, out).run(renewed);
    }

    private final class Feed {
        private final Page page;
        private final Visit visit;
        private final OutputStream out;
        private final Map<String, Html> sent = new HashMap<>();
        private final News news = new News();
        private Instant spoken = clock.instant();

        Feed(Page page, Visit visit, OutputStream out) {
            this.page = page;
            this.visit = visit;
            this.out = out;
        }

        void run(Function<Session, Optional<Asker>> renewed) throws IOException {
            write("retry: 3000\n\n");
            boolean there = true;
            while (there) {
                Optional<Asker> asker = renewed.apply(visit.session());
                there = asker.isPresent() && look(asker.get());
                if (!there) {
                    event("end", "{}");
                }
                there = there && pulse.rest(BEAT);
            }
        }

        /// @return false if the page is no longer there
        private boolean look(Asker asker) throws IOException {
            visit.again(asker);
            try {
                for (Part part : page.parts(visit)) {
                    if (part.live()) {
                        send(part.id(), part.html());
                    }
                }
            } catch (EcsException _) {
                return false;
            }
            Optional<String> said = news.of(visit);
            if (said.isPresent()) {
                event("news", JSON.writeValueAsString(said.get()));
            }
            if (spoken.plus(SILENCE).isBefore(clock.instant())) {
                write(": still here\n\n");
            }
            return true;
        }

        private void send(String id, Html html) throws IOException {
            if (!html.equals(sent.put(id, html))) {
                event("part", JSON.writeValueAsString(Map.of("id", id, "html", html.text())));
            }
        }

        private void event(String name, String json) throws IOException {
            write("event: " + name + "\ndata: " + json + "\n\n");
        }

        private void write(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
            spoken = clock.instant();
        }
    }
}

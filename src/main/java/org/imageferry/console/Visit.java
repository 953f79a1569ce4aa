package org.imageferry.console;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.imageferry.access.Principal;
import tools.jackson.databind.JsonNode;

/// Somebody who is logged in looks at a page: once, or again and again while it is live. For one thread.
///
/// All forms of a visit have one nonce, with the form's own name behind it: so what is live stays the
/// same text as long as nothing happens, and what is sent twice is done once.
final class Visit {
    /// What costs more to find out, or changes seldom, is asked so often.
    private static final Duration SELDOM = Duration.ofSeconds(10);

    private final Session session;
    private final String nonce;
    private final InstantSource clock;
    private final Rates rates = new Rates();
    private final Map<String, Known> known = new HashMap<>();
    private Asker asker;
    private Optional<Queues> queues = Optional.empty();

    private record Known(Instant at, JsonNode answer) {}

    Visit(Session session, Asker asker, String nonce, InstantSource clock) {
        this.session = session;
        this.asker = asker;
        this.nonce = nonce;
        this.clock = clock;
    }

    Session session() {
        return session;
    }

    Asker asker() {
        return asker;
    }

    Principal principal() {
        return asker.principal();
    }

    Instant now() {
        return clock.instant();
    }

    /// A new look at all that changes often, with the rights that the visitor has now.
    void again(Asker now) {
        asker = now;
        queues = Optional.empty();
    }

    Queues queues() {
        if (queues.isEmpty()) {
            Queues found = Queues.of(asker.own("DescribeQueue"));
            rates.watch(found, now());
            queues = Optional.of(found);
        }
        return queues.get();
    }

    double rate(TaskView task) {
        return rates.of(task, now());
    }

    /// The answer of our own action, which may be ten seconds old.
    JsonNode seldom(String action, String... parameters) {
        return known(action, parameters, () -> asker.own(action, parameters));
    }

    /// The answer of an action of ECS, which may be ten seconds old.
    JsonNode seldomEcs(String action, String... parameters) {
        return known(action, parameters, () -> asker.ecs(action, parameters));
    }

    private JsonNode known(String action, String[] parameters, Supplier<JsonNode> ask) {
        String name = action + " " + String.join(" ", parameters);
        Known answer = known.get(name);
        if (answer == null || answer.at().plus(SELDOM).isBefore(now())) {
            answer = new Known(now(), ask.get());
            known.put(name, answer);
        }
        return answer.answer();
    }

    /// What every form must hold: whose session it is of, what makes it count once, and the page that
    /// one comes back to.
    ///
    /// @param form tells it from the page's others
    Html formFields(String form, String path) {
        return Html.of(
                """
                <input type="hidden" name="token" value="{}"><input type="hidden" name="nonce" value="{}">\
                <input type="hidden" name="from" value="{}">\
                """,
                session.token(),
                nonce + "." + form,
                path);
    }

    boolean administrator() {
        return principal().account().administrator();
    }
}

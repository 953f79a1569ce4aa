package org.imageferry.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.imageferry.cli.Interruption.Guard;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import tools.jackson.databind.node.ObjectNode;

/// Tells of each task that ends, until Ctrl-C; a server that is gone for a while is waited for. One thread
/// only.
///
/// The server answers a question for events when there are some, so that nothing is asked in vain; on a
/// terminal it is asked once a second, since bars are to move.
final class CopiesFollower {
    private static final long LONG_POLL_SECONDS = 20;
    private static final long BAR_SECONDS = 1;
    private static final Duration REST = Duration.ofSeconds(1);
    private static final Duration AFTER_A_LOSS = Duration.ofSeconds(5);

    private final Imageferry program;
    private final Surroundings surroundings;
    private final Api api;
    private final CopyFilter filter;
    private final LiveBars bars;
    private boolean lost;

    CopiesFollower(Imageferry program, Api api, CopyFilter filter) {
        this.program = program;
        this.surroundings = program.surroundings();
        this.api = api;
        this.filter = filter;
        this.bars = new LiveBars(surroundings);
    }

    /// Returns after Ctrl-C.
    ///
    /// @param after the event to begin after; empty for now
    /// @throws EcsFailure if the server can't be reached at first, or refuses
    void follow(String after) throws EcsFailure {
        Interruption interruption = surroundings.interruption();
        try (Guard _ = interruption.endsWell()) {
            if (!filter.regions().isEmpty()) {
                filter.tasks(api); // a region that there is not is refused at once
            }
            String last = after.isEmpty() ? now() : after;
            while (!interruption.happened()) {
                last = step(last);
            }
        }
    }

    private String now() throws EcsFailure {
        ObjectNode answer = api.call(Call.own("DescribeEvents").with("FromNow", "true"));
        return Api.text(answer, "LastEventId");
    }

    /// @return the last event that was told
    private String step(String last) throws EcsFailure {
        try {
            String next = look(last);
            if (lost) {
                lost = false;
                surroundings.say("the server is there again");
            }
            return next;
        } catch (EcsFailure failure) {
            if (!failure.passing() && !failure.code().equals(EcsFailure.UNREACHABLE)) {
                throw failure;
            }
            bars.clear();
            if (!lost) {
                lost = true;
                surroundings.say(failure.reason() + "; trying again until it is there");
            }
            surroundings.interruption().rest(AFTER_A_LOSS);
            return last;
        }
    }

    private String look(String last) throws EcsFailure {
        boolean drawn = surroundings.terminal().present() && !program.json();
        if (drawn) {
            bars.show(filter.tasks(api));
        }
        Instant asked = surroundings.clock().instant();
        ObjectNode answer =
                api.call(
                        Call.own("DescribeEvents")
                                .with("AfterEventId", last)
                                .with("WaitSeconds", drawn ? BAR_SECONDS : LONG_POLL_SECONDS));
        List<ObjectNode> events = Api.each(answer, "Events", "Event");
        events.stream().filter(filter::shows).forEach(this::tell);
        // A server where too many wait answers at once: it is not to be asked again at once.
        if (events.isEmpty() && surroundings.clock().instant().isBefore(asked.plus(REST))) {
            surroundings.interruption().rest(REST);
        }
        return Api.text(answer, "LastEventId");
    }

    private void tell(ObjectNode event) {
        bars.clear();
        surroundings.out().println(program.json() ? event.toString() : line(event));
    }

    /// Such as `2026-11-22T01:09:36Z  copy.finished  cn-shanghai  m-…  golden  12.4 MiB new of 929 MiB in 3.2 s`.
    static String line(ObjectNode event) {
        String resource =
                Api.text(event, "ImageId").isEmpty()
                        ? Api.text(event, "SnapshotId")
                        : Api.text(event, "ImageId");
        List<String> cells =
                List.of(
                        Api.text(event, "Time").replaceFirst("[.][0-9]+Z$", "Z"),
                        String.format(Locale.ROOT, "%-13s", Api.text(event, "Type")),
                        Api.text(event, "RegionId"),
                        resource,
                        Api.text(event, "ImageName"),
                        story(event));
        return Table.harmless(
                String.join("  ", cells.stream().filter(cell -> !cell.isBlank()).toList()));
    }

    private static String story(ObjectNode event) {
        String reason = Api.text(event, "Reason");
        if (!reason.isEmpty() || !Api.text(event, "Type").endsWith(".finished")) {
            return reason;
        }
        Duration time = Duration.ofMillis(Api.number(event, "DurationMilliseconds"));
        long total = Api.number(event, "TotalBytes");
        String in = "in " + Sizes.time(time);
        return total == 0
                ? in
                : "%s new of %s %s"
                        .formatted(
                                Sizes.bytes(Api.number(event, "MovedBytes")),
                                Sizes.bytes(total),
                                in);
    }
}

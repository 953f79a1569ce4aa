package org.imageferry.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.imageferry.cli.Followed.Outcome;
import org.imageferry.ecs.client.EcsFailure;
import tools.jackson.databind.node.ObjectNode;

/// Watches tasks until all have ended, and shows meanwhile how they come along.
///
/// It asks for a region's queue, however many tasks are in it: often at first, since small copies take
/// a moment, then once a second. One thread only.
final class Follower {
    private static final Duration FIRST_REST = Duration.ofMillis(100);
    private static final Duration LONGEST_REST = Duration.ofSeconds(1);

    private final Surroundings surroundings;
    private final Api api;
    private final List<Followed> tasks;
    private final List<Speed> speeds = new ArrayList<>();
    private final Map<Integer, Outcome> outcomes = new TreeMap<>();
    private final Instant began;

    Follower(Surroundings surroundings, Api api, List<Followed> tasks) {
        this.surroundings = surroundings;
        this.api = api;
        this.tasks = List.copyOf(tasks);
        tasks.forEach(_ -> speeds.add(new Speed(surroundings.clock())));
        this.began = surroundings.clock().instant();
    }

    /// @return how each ended, in their order
    /// @throws InterruptedCommand on Ctrl-C; the tasks go on
    List<Outcome> follow() {
        List<String> labels = tasks.stream().map(Followed::label).toList();
        try (ProgressBars bars = new ProgressBars(surroundings, labels)) {
            Duration rest = FIRST_REST;
            look(bars);
            while (outcomes.size() < tasks.size()) {
                surroundings.interruption().rest(rest);
                surroundings.stopIfInterrupted();
                look(bars);
                rest = longer(rest);
            }
        }
        return List.copyOf(outcomes.values());
    }

    private static Duration longer(Duration rest) {
        Duration next = rest.multipliedBy(5).dividedBy(4);
        return next.compareTo(LONGEST_REST) < 0 ? next : LONGEST_REST;
    }

    private void look(ProgressBars bars) {
        Map<String, List<ObjectNode>> queues = new HashMap<>();
        for (int index = 0; index < tasks.size(); index++) {
            if (!outcomes.containsKey(index)) {
                look(index, queues, bars);
            }
        }
    }

    /// One that can't be followed any more must not stop the others from being followed.
    private void look(int index, Map<String, List<ObjectNode>> queues, ProgressBars bars) {
        Followed task = tasks.get(index);
        try {
            if (!queues.containsKey(task.region())) {
                queues.put(task.region(), api.tasks(task.region()));
            }
            Optional<ObjectNode> open =
                    queues.get(task.region()).stream().filter(task::is).findFirst();
            if (open.isPresent()) {
                bars.show(index, new OpenTask(open.get()).state(speeds.get(index)));
            } else {
                task.outcome(api).ifPresent(outcome -> end(index, outcome, bars));
            }
        } catch (EcsFailure failure) {
            String reason = "it can't be followed, but goes on: " + failure.reason();
            end(index, new Outcome.Failed(reason), bars);
        }
    }

    private void end(int index, Outcome outcome, ProgressBars bars) {
        outcomes.put(index, outcome);
        bars.show(
                index,
                switch (outcome) {
                    case Outcome.Good good -> new BarState.Ended(true, story(good.facts()));
                    case Outcome.Failed failed ->
                            new BarState.Ended(false, Table.harmless("failed: " + failed.reason()));
                });
    }

    /// Such as `done in 3.2 s: 12.4 MiB new of 929 MiB`.
    private String story(ObjectNode facts) {
        Duration time = Duration.between(began, surroundings.clock().instant());
        String done = "done in " + Sizes.time(time);
        long total = Api.number(facts.path("Task"), "TotalBytes");
        long moved = Api.number(facts.path("Task"), "MovedBytes");
        return total == 0
                ? done
                : "%s: %s new of %s".formatted(done, Sizes.bytes(moved), Sizes.bytes(total));
    }
}

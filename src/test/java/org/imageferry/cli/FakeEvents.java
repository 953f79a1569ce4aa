package org.imageferry.cli;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.imageferry.cli.FakeFerry.Request;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The ends of tasks, as a [FakeFerry] tells of them: with each question the next of those that a test has
/// planned.
final class FakeEvents {
    static final String BEGINNING = "e-0000000000000100";

    private final Deque<List<ObjectNode>> planned = new ArrayDeque<>();
    private int made = 100;

    /// The answer to the next question that is not planned yet; no events mean that there are none then.
    synchronized void then(ObjectNode... events) {
        planned.add(List.of(events));
    }

    synchronized ObjectNode event(String type, String action, String region, String name) {
        made++;
        return JsonNodeFactory.instance
                .objectNode()
                .put("EventId", "e-%016d".formatted(made))
                .put("Type", type)
                .put("Time", "2026-11-22T01:09:36.250Z")
                .put("RegionId", region)
                .put("TaskAction", action)
                .put("ImageId", "m-" + made)
                .put("ImageName", name)
                .put("DurationMilliseconds", 3_200)
                .put("TotalBytes", 4 << 20)
                .put("MovedBytes", 1 << 20)
                .put("Reason", "");
    }

    /// @return whether it was about these
    synchronized boolean answer(Request request, ObjectNode answer) {
        if (!request.action().equals("DescribeEvents")) {
            return false;
        }
        boolean fromNow = request.get("FromNow").equals("true");
        List<ObjectNode> events =
                fromNow || planned.isEmpty() ? new ArrayList<>() : planned.removeFirst();
        ArrayNode list = answer.putObject("Events").putArray("Event");
        events.forEach(list::add);
        String before = fromNow ? BEGINNING : request.get("AfterEventId");
        answer.put(
                "LastEventId", events.isEmpty() ? before : Api.text(events.getLast(), "EventId"));
        return true;
    }
}

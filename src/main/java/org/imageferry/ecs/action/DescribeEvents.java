package org.imageferry.ecs.action;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.imageferry.copy.RegionMap;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Event;
import org.imageferry.domain.EventId;
import org.imageferry.domain.RegionId;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.Parameters;
import org.imageferry.ecs.Prepared;
import org.imageferry.ecs.Touched;
import org.imageferry.events.EventFeed;
import org.imageferry.events.EventJson;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Tells the caller which of its tasks have ended since it last asked, and waits for the next one if it
/// is told to. Ours.
final class DescribeEvents implements Action {
    private static final int MOST = 100;

    private final EventFeed feed;
    private final RegionMap regions;

    DescribeEvents(Engine engine) {
        this.feed = engine.events();
        this.regions = engine.regions();
    }

    @Override
    public Api api() {
        return Api.FERRY;
    }

    @Override
    public String name() {
        return "DescribeEvents";
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        Parameters parameters = request.parameters();
        AccountId account = request.caller().account();
        Optional<RegionId> region =
                parameters.find("RegionId").map(_ -> Asked.region(parameters, regions));
        EventFeed.Question question =
                new EventFeed.Question(
                        account,
                        parameters.find("AfterEventId").map(EventId::parse).orElse(EventId.NONE),
                        region,
                        (int) parameters.number("MaxResults", 1, MOST, MOST));
        long most = EventFeed.LONGEST_WAIT.toSeconds();
        Duration wait = Duration.ofSeconds(parameters.number("WaitSeconds", 0, most, 0));
        boolean fromNow = parameters.is("FromNow");
        return new Prepared(
                region.map(Touched::tasks).orElseGet(Touched::anything),
                () ->
                        fromNow
                                ? tree(List.of(), feed.last(account))
                                : tree(feed.read(question, wait), question.after()));
    }

    private static ObjectNode tree(List<Event> events, EventId before) {
        ObjectNode tree = Trees.tree();
        ArrayNode list = Trees.list(tree, "Events", "Event");
        events.forEach(event -> EventJson.write(list.addObject(), event));
        EventId last = events.isEmpty() ? before : events.getLast().id();
        tree.put("LastEventId", last.value());
        return tree;
    }
}

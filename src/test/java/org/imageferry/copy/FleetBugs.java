package org.imageferry.copy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.imageferry.catalog.Claims;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Task;
import org.imageferry.domain.TaskId;
import org.imageferry.domain.Work;

/// The bugs behind [Mutation] that concern how work is shared out.
final class FleetBugs {
    private static final int MANY = 1_000;
    private static final RegionId FIRST = new RegionId("region-a");

    private FleetBugs() {}

    private static UnaryOperator<Tables> in(Twisted.Twist<Claims> twist) {
        return tables -> Twisted.tables(tables, Claims.class, twist);
    }

    static UnaryOperator<Tables> othersFindNoParts() {
        return in((tables, _, call) ->
                call.is("claimPart") && isAnothers(tables, call) ? Optional.empty() : call.go());
    }

    private static boolean isAnothers(Tables tables, Twisted.Call call) {
        return tables.nodes().held(MANY).stream()
                .anyMatch(held ->
                        held.task().equals(call.argument(0, TaskId.class))
                                && !held.node().equals(call.argument(1, String.class)));
    }

    static UnaryOperator<Tables> oneRegionGoesFirst() {
        return in((tables, _, call) ->
                call.is("claimPart") && isBehind(tables, call.argument(0, TaskId.class))
                        ? Optional.empty()
                        : call.go());
    }

    private static boolean isBehind(Tables tables, TaskId id) {
        return tables.tasks().find(id).map(Task::region).filter(FIRST::equals).isEmpty()
                && !tables.tasks().running(FIRST, Work.Action.CopyImage).isEmpty();
    }

    static UnaryOperator<Tables> partsCountByHalf() {
        return in((_, _, call) -> call.is("offer") ? call.with(2, halves(call)) : call.go());
    }

    private static List<Claims.Offer> halves(Twisted.Call call) {
        List<Claims.Offer> halves = new ArrayList<>();
        for (Object each : call.argument(2, List.class)) {
            Claims.Offer offer = (Claims.Offer) each;
            halves.add(new Claims.Offer(offer.number(), offer.name(), offer.bytes() / 2));
        }
        return halves;
    }
}

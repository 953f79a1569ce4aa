package org.imageferry.ecs.action;

import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.imageferry.copy.RegionAdministration;
import org.imageferry.copy.RegionMap;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.RegionRules;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.EcsException;
import org.imageferry.ecs.GatewayErrors;
import org.imageferry.ecs.Parameters;
import org.imageferry.ecs.Prepared;
import org.imageferry.ecs.Touched;
import tools.jackson.databind.node.ObjectNode;

/// Changes what is allowed in a region. What is not given stays as it is.
final class ModifyRegionRules implements Action {
    private final RegionAdministration administration;
    private final RegionMap regions;

    ModifyRegionRules(Engine engine) {
        this.administration = engine.administration();
        this.regions = engine.regions();
    }

    @Override
    public Api api() {
        return Api.FERRY;
    }

    @Override
    public String name() {
        return "ModifyRegionRules";
    }

    @Override
    public Audience audience() {
        return Audience.ADMINISTRATORS;
    }

    @Override
    public boolean spendsNonce() {
        return true;
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        RegionId region = Asked.region(request.parameters(), regions);
        Change change = change(request.parameters());
        return new Prepared(
                Touched.region(region),
                () -> {
                    ObjectNode tree = Trees.tree();
                    RuleTree.write(
                            tree,
                            region,
                            administration.change(request.caller(), region, change::of));
                    return tree;
                });
    }

    private record Change(
            Optional<Boolean> copying,
            Optional<Boolean> customerKeys,
            Optional<Instant> oldestSnapshot,
            Set<RegionId> bar,
            Set<RegionId> allow) {

        RegionRules of(RegionRules rules) {
            Set<RegionId> barred = new HashSet<>(rules.barredDestinations());
            barred.addAll(bar);
            barred.removeAll(allow);
            return new RegionRules(
                    copying.orElse(rules.copying()),
                    customerKeys.orElse(rules.customerKeys()),
                    oldestSnapshot.orElse(rules.oldestSnapshot()),
                    barred);
        }
    }

    private Change change(Parameters parameters) {
        Change change =
                new Change(
                        parameters.flag("Copying"),
                        parameters.flag("CustomerKeys"),
                        parameters.find("OldestSnapshot").map(ModifyRegionRules::time),
                        destinations(parameters, "BarDestination"),
                        destinations(parameters, "AllowDestination"));
        if (change.bar().stream().anyMatch(change.allow()::contains)) {
            throw new EcsException(
                    GatewayErrors.PARAMETER_FORMAT.advising(
                            "BarDestination.N and AllowDestination.N name the same region."));
        }
        return change;
    }

    private static Instant time(String text) {
        return Times.parse(text)
                .orElseThrow(() ->
                        new EcsException(
                                GatewayErrors.PARAMETER_FORMAT.advising(
                                        "OldestSnapshot must be a time such as"
                                                + " 2013-07-15T00:00:00Z, not \""
                                                + text
                                                + "\".")));
    }

    private Set<RegionId> destinations(Parameters parameters, String name) {
        Set<RegionId> destinations = new HashSet<>();
        for (SortedMap<String, String> item : parameters.list(name).values()) {
            RegionId region = new RegionId(item.getOrDefault("", ""));
            if (regions.find(region).isEmpty()) {
                throw new RefusedException(new Refusal.UnknownRegion(region));
            }
            destinations.add(region);
        }
        return destinations;
    }
}

package org.imageferry.ecs.action;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.ResourceGroups.ResourceGroup;
import org.imageferry.catalog.Tables;
import org.imageferry.copy.ResourceGrouping;
import org.imageferry.domain.AccountId;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.Parameters;
import org.imageferry.ecs.Prepared;
import org.imageferry.ecs.Touched;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Lists the account's resource groups, its default group first, then the oldest. Source: ResourceManager
/// API 2020-03-31, ListResourceGroups. Groups have no tags here: a filter by tag finds none.
///
/// An account has few groups, so they are all read and then compared.
final class ListResourceGroups implements Action {
    private final Catalog catalog;

    ListResourceGroups(Engine engine) {
        this.catalog = engine.catalog();
    }

    @Override
    public Api api() {
        return Api.RESOURCE_MANAGER;
    }

    @Override
    public String name() {
        return "ListResourceGroups";
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        Asking asking = Asking.of(request.parameters());
        Paging paging = Paging.of(request.parameters());
        AccountId account = request.caller().account();
        return new Prepared(Touched.groups(), () -> list(account, asking, paging));
    }

    /// @param ids only these; any if there are none
    private record Asking(
            Set<String> ids, String name, String displayName, String status, boolean tagged) {
        static Asking of(Parameters parameters) {
            Set<String> several = values(parameters);
            return new Asking(
                    several.isEmpty()
                            ? parameters.find("ResourceGroupId").stream()
                                    .collect(Collectors.toSet())
                            : several,
                    parameters.text("Name"),
                    parameters.text("DisplayName"),
                    parameters.text("Status"),
                    !parameters.list("Tag").isEmpty());
        }

        private static Set<String> values(Parameters parameters) {
            return parameters.list("ResourceGroupIds").values().stream()
                    .map(Asking::value)
                    .filter(value -> !value.isEmpty())
                    .collect(Collectors.toSet());
        }

        private static String value(SortedMap<String, String> item) {
            return item.getOrDefault("", "");
        }

        boolean matches(ResourceGroup group) {
            return !tagged
                    && (status.isEmpty() || status.equals(GroupTree.OK))
                    && (ids.isEmpty() || ids.contains(group.id().value()))
                    && group.name().value().contains(name)
                    && group.displayName().contains(displayName);
        }
    }

    private ObjectNode list(AccountId account, Asking asking, Paging paging) {
        List<ResourceGroup> matching =
                catalog.read(tables -> all(tables, account)).stream()
                        .filter(asking::matches)
                        .toList();
        ObjectNode tree = Trees.tree();
        ArrayNode groups = Trees.list(tree, "ResourceGroups", "ResourceGroup");
        matching.stream()
                .skip(paging.offset())
                .limit(paging.size())
                .forEach(group -> write(groups.addObject(), group));
        paging.write(tree, matching.size());
        return tree;
    }

    private static List<ResourceGroup> all(Tables tables, AccountId account) {
        List<ResourceGroup> all = new ArrayList<>();
        all.add(GroupTree.standard(tables, account));
        all.addAll(tables.groups().list(account, 0, ResourceGrouping.MOST_GROUPS).items());
        return all;
    }

    private static void write(ObjectNode tree, ResourceGroup group) {
        GroupTree.write(tree, group, GroupTree.OK);
        Trees.list(tree, "Tags", "Tag");
    }
}

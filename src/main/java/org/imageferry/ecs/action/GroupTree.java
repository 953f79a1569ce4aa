package org.imageferry.ecs.action;

import java.time.Instant;
import org.imageferry.catalog.ResourceGroups.ResourceGroup;
import org.imageferry.catalog.Tables;
import org.imageferry.copy.RegionMap;
import org.imageferry.domain.Account;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.ResourceGroupId;
import org.imageferry.domain.ResourceGroupName;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A resource group as ResourceManager shows it. Source: ResourceManager API 2020-03-31,
/// GetResourceGroup and ListResourceGroups.
final class GroupTree {
    static final String OK = "OK";
    static final String GOES = "PendingDelete";

    private GroupTree() {}

    /// The group that each account has from the start, and so as old as the account.
    static ResourceGroup standard(Tables tables, AccountId account) {
        return new ResourceGroup(
                ResourceGroupId.standard(account),
                account,
                ResourceGroupName.STANDARD,
                "default resource group",
                tables.accounts().find(account).map(Account::created).orElse(Instant.EPOCH));
    }

    static void write(ObjectNode tree, ResourceGroup group, String status) {
        tree.put("Id", group.id().value());
        tree.put("AccountId", group.account().value());
        tree.put("Name", group.name().value());
        tree.put("DisplayName", group.displayName());
        tree.put("CreateDate", Times.seconds(group.created()));
        tree.put("Status", status);
    }

    /// The group alone, with its status in each region, which is the same everywhere.
    static ObjectNode one(ResourceGroup group, String status, RegionMap regions) {
        ObjectNode tree = Trees.tree();
        ObjectNode one = tree.putObject("ResourceGroup");
        write(one, group, status);
        ArrayNode statuses = Trees.list(one, "RegionStatuses", "RegionStatus");
        regions.all()
                .forEach(region ->
                        statuses.addObject()
                                .put("RegionId", region.id().value())
                                .put("Status", status));
        return tree;
    }
}

package org.imageferry.records;

import java.util.Optional;
import org.imageferry.catalog.ResourceGroups.ResourceGroup;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.ResourceGroupId;
import org.imageferry.domain.ResourceGroupName;
import tools.jackson.databind.node.ObjectNode;

/// A resource group in records: of its account, and of what is in it.
final class GroupJson {
    private GroupJson() {}

    static void put(ObjectNode json, ResourceGroup group) {
        json.put("id", group.id().value());
        json.put("name", group.name().value());
        json.put("displayName", group.displayName());
        RecordJson.put(json, group.created());
    }

    static ResourceGroup of(Fields json, AccountId account) {
        return new ResourceGroup(
                new ResourceGroupId(json.text("id")),
                account,
                new ResourceGroupName(json.text("name")),
                json.text("displayName"),
                json.instant("created"));
    }

    /// In which group the record's subject is.
    static ResourceGroupId in(Fields record, AccountId account) {
        return record.object("group")
                .map(group -> new ResourceGroupId(group.text("id")))
                .orElseGet(() -> ResourceGroupId.standard(account));
    }

    /// The group that the record's subject is in, if it tells more of it than its id.
    static Optional<ResourceGroup> told(Fields record, AccountId account) {
        return record.object("group")
                .filter(group -> group.optional("name").isPresent())
                .map(group -> of(group, account));
    }
}

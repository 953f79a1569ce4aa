package org.imageferry.copy;

import org.imageferry.catalog.ResourceGroups.ResourceGroup;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.Quota;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.ResourceGroupId;
import org.imageferry.domain.ResourceGroupName;
import org.imageferry.domain.ResourceId;
import org.imageferry.records.AccountRecord;

/// Takes requests to make resource groups, to put images and snapshots into them, and to delete them.
public final class ResourceGrouping {
    /// Whatever an account's quota says: lists of groups are read as a whole.
    public static final int MOST_GROUPS = 1_000;

    private final Changes changes;
    private final RegionMap regions;
    private final Ids ids;

    public ResourceGrouping(Changes changes, RegionMap regions, Ids ids) {
        this.changes = changes;
        this.regions = regions;
        this.ids = ids;
    }

    /// @throws RefusedException `NameTaken`, also by the default group's; `TooMany`
    public ResourceGroup create(Caller caller, ResourceGroupName name, String displayName) {
        return changes.make(
                caller,
                tables -> {
                    refuseTooMany(tables, caller);
                    ResourceGroup group =
                            new ResourceGroup(
                                    ids.group(), caller.account(), name, displayName, tables.now());
                    if (name.equals(ResourceGroupName.STANDARD) || !tables.groups().add(group)) {
                        throw new RefusedException(new Refusal.Grouping.NameTaken(name));
                    }
                    AccountRecord.changed(tables, caller.account());
                    return group;
                });
    }

    private static void refuseTooMany(Tables tables, Caller caller) {
        long most =
                Math.min(
                        MOST_GROUPS,
                        tables.accounts().quota(caller.account(), Quota.RESOURCE_GROUPS));
        if (tables.groups().list(caller.account(), 0, 1).total() >= most) {
            throw new RefusedException(new Refusal.Grouping.TooMany(most));
        }
    }

    /// @return the group as it was
    /// @throws RefusedException `UnknownResourceGroup`; `Standard`; `NotEmpty`
    public ResourceGroup delete(Caller caller, ResourceGroupId id) {
        if (id.equals(ResourceGroupId.standard(caller.account()))) {
            throw new RefusedException(new Refusal.Grouping.Standard(id));
        }
        return changes.make(
                caller,
                tables -> {
                    Owned.group(tables, caller.account(), id);
                    ResourceGroup group = tables.groups().find(id).orElseThrow();
                    if (!tables.groups().delete(id)) {
                        throw new RefusedException(new Refusal.Grouping.NotEmpty(id));
                    }
                    AccountRecord.changed(tables, caller.account());
                    return group;
                });
    }

    /// Takes the resource out of the group where it is and puts it into another.
    ///
    /// @throws RefusedException `UnknownRegion`, `UnknownResourceGroup`, `UnknownResource`; `InIt` if it
    ///     is in that group already
    public void join(Caller caller, RegionId region, ResourceId resource, ResourceGroupId group) {
        regions.check(region, new Refusal.UnknownRegion(region));
        changes.make(
                caller,
                tables -> {
                    Owned.group(tables, caller.account(), group);
                    new Attributes(tables, caller.account(), region).group(resource, group);
                    return group;
                });
    }
}

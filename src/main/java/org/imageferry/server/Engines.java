package org.imageferry.server;

import org.imageferry.access.AccountAdministration;
import org.imageferry.copy.Changes;
import org.imageferry.copy.CopyPlanner;
import org.imageferry.copy.Deletions;
import org.imageferry.copy.ImageChanges;
import org.imageferry.copy.ImageCopies;
import org.imageferry.copy.ImageCreations;
import org.imageferry.copy.ImageExports;
import org.imageferry.copy.ImageImports;
import org.imageferry.copy.ImageSharing;
import org.imageferry.copy.KeyChoices;
import org.imageferry.copy.NodeAdministration;
import org.imageferry.copy.RegionAdministration;
import org.imageferry.copy.ResourceGrouping;
import org.imageferry.copy.SnapshotChanges;
import org.imageferry.copy.SnapshotCopies;
import org.imageferry.copy.Tagging;
import org.imageferry.copy.TaskCancellations;
import org.imageferry.copy.Verifications;
import org.imageferry.copy.Workshop;
import org.imageferry.ecs.action.Engine;

/// Puts together what actions ask for.
final class Engines {
    private Engines() {}

    static Engine of(
            Installation installation,
            Engine.GarbageCollection collector,
            Announcements announcements) {
        Workshop shop = installation.shop();
        KeyChoices keys = installation.choices();
        Changes changes = new Changes(shop.catalog());
        CopyPlanner planner = new CopyPlanner(shop, keys);
        return new Engine(
                shop.catalog(),
                shop.regions(),
                new ImageCopies(changes, shop.regions(), keys, shop.ids()),
                new ImageChanges(changes, shop.regions()),
                new ImageSharing(changes, shop.regions(), keys),
                new ImageImports(changes, shop.regions(), shop.buckets(), keys, shop.ids()),
                new ImageExports(changes, shop.regions(), shop.buckets(), keys, shop.ids()),
                new ImageCreations(changes, shop.regions(), shop.ids()),
                new SnapshotCopies(changes, shop.regions(), keys, shop.ids()),
                new SnapshotChanges(changes),
                new Deletions(changes, shop.regions()),
                new Tagging(changes, shop.regions()),
                new ResourceGrouping(changes, shop.regions(), shop.ids()),
                new RegionAdministration(changes, shop.regions()),
                new NodeAdministration(changes),
                new TaskCancellations(changes),
                new Verifications(changes, shop.regions(), shop.ids()),
                AccountAdministration.of(
                        shop.catalog(), installation.master(), installation.random()),
                installation.keyRequests(changes),
                announcements.feed(),
                announcements.webhooks(),
                collector,
                (caller, region, image, destination, encrypted, key) ->
                        planner.plan(caller.account(), region, image, destination, encrypted, key));
    }
}

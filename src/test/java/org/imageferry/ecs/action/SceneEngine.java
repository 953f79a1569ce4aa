package org.imageferry.ecs.action;

import java.util.Random;
import org.imageferry.access.AccountAdministration;
import org.imageferry.catalog.Catalog;
import org.imageferry.copy.Changes;
import org.imageferry.copy.CopyPlan;
import org.imageferry.copy.Deletions;
import org.imageferry.copy.Ids;
import org.imageferry.copy.ImageChanges;
import org.imageferry.copy.ImageCopies;
import org.imageferry.copy.ImageCreations;
import org.imageferry.copy.ImageExports;
import org.imageferry.copy.ImageImports;
import org.imageferry.copy.ImageSharing;
import org.imageferry.copy.NodeAdministration;
import org.imageferry.copy.RegionAdministration;
import org.imageferry.copy.RegionMap;
import org.imageferry.copy.ResourceGrouping;
import org.imageferry.copy.SnapshotChanges;
import org.imageferry.copy.SnapshotCopies;
import org.imageferry.copy.Tagging;
import org.imageferry.copy.TaskCancellations;
import org.imageferry.copy.TestKeys;
import org.imageferry.copy.Verifications;
import org.imageferry.events.EventFeed;
import org.imageferry.events.WebhookRequests;
import org.imageferry.kms.MasterKey;
import org.imageferry.store.MemoryBuckets;

/// Puts together what actions ask, over a scene's catalog and regions.
final class SceneEngine {
    private SceneEngine() {}

    static Engine of(
            Catalog catalog,
            RegionMap regions,
            TestKeys keys,
            Ids ids,
            MemoryBuckets buckets,
            MasterKey master,
            EventFeed events,
            WebhookRequests webhooks,
            Engine.GarbageCollection garbage) {
        Changes changes = new Changes(catalog);
        return new Engine(
                catalog,
                regions,
                new ImageCopies(changes, regions, keys.choices(), ids),
                new ImageChanges(changes, regions),
                new ImageSharing(changes, regions, keys.choices()),
                new ImageImports(changes, regions, buckets, keys.choices(), ids),
                new ImageExports(changes, regions, buckets, keys.choices(), ids),
                new ImageCreations(changes, regions, ids),
                new SnapshotCopies(changes, regions, keys.choices(), ids),
                new SnapshotChanges(changes),
                new Deletions(changes, regions),
                new Tagging(changes, regions),
                new ResourceGrouping(changes, regions, ids),
                new RegionAdministration(changes, regions),
                new NodeAdministration(changes),
                new TaskCancellations(changes),
                new Verifications(changes, regions, ids),
                AccountAdministration.of(catalog, master, new Random(5)),
                keys.requests(changes),
                events,
                webhooks,
                garbage,
                (_, _, _, _, _, _) -> new CopyPlan(30, 20, 10));
    }
}

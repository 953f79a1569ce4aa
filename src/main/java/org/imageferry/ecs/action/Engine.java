package org.imageferry.ecs.action;

import java.util.Optional;
import org.imageferry.access.AccountAdministration;
import org.imageferry.catalog.Catalog;
import org.imageferry.copy.Caller;
import org.imageferry.copy.Collected;
import org.imageferry.copy.CopyPlan;
import org.imageferry.copy.Deletions;
import org.imageferry.copy.ImageChanges;
import org.imageferry.copy.ImageCopies;
import org.imageferry.copy.ImageCreations;
import org.imageferry.copy.ImageExports;
import org.imageferry.copy.ImageImports;
import org.imageferry.copy.ImageSharing;
import org.imageferry.copy.KeyRequests;
import org.imageferry.copy.NodeAdministration;
import org.imageferry.copy.RegionAdministration;
import org.imageferry.copy.RegionMap;
import org.imageferry.copy.ResourceGrouping;
import org.imageferry.copy.SnapshotChanges;
import org.imageferry.copy.SnapshotCopies;
import org.imageferry.copy.Tagging;
import org.imageferry.copy.TaskCancellations;
import org.imageferry.copy.Verifications;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.RegionId;
import org.imageferry.events.EventFeed;
import org.imageferry.events.WebhookRequests;
import org.imageferry.store.StoreException;

/// All that actions may ask for something.
public record Engine(
        Catalog catalog,
        RegionMap regions,
        ImageCopies copies,
        ImageChanges imageChanges,
        ImageSharing imageSharing,
        ImageImports imports,
        ImageExports exports,
        ImageCreations creations,
        SnapshotCopies snapshotCopies,
        SnapshotChanges snapshotChanges,
        Deletions deletions,
        Tagging tagging,
        ResourceGrouping grouping,
        RegionAdministration administration,
        NodeAdministration nodes,
        TaskCancellations cancellations,
        Verifications verifications,
        AccountAdministration accounts,
        KeyRequests keys,
        EventFeed events,
        WebhookRequests webhooks,
        GarbageCollection garbage,
        CopyPlans plans) {

    /// Deletes what a region's store holds and nothing needs.
    public interface GarbageCollection {
        /// @param now also what was condemned only just now
        Collected collect(RegionId region, boolean now) throws StoreException;
    }

    /// Works out what a copy would move.
    public interface CopyPlans {
        /// @throws org.imageferry.domain.RefusedException `UnknownImage`, or what CopyImage refuses
        CopyPlan plan(
                Caller caller,
                RegionId region,
                ImageId image,
                RegionId destination,
                Optional<Boolean> encrypted,
                Optional<String> key)
                throws StoreException;
    }
}

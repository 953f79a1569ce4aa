package org.imageferry.catalog;

/// Everything that a catalog promises. An adapter's test implements this.
public interface CatalogContract
        extends TransactionsContract,
                AccountsContract,
                RegionsContract,
                RulesContract,
                ImagesContract,
                ImageListsContract,
                ImageSharesContract,
                SnapshotsContract,
                TaggedResourcesContract,
                TasksContract,
                TaskQueuesContract,
                EventsContract,
                WebhooksContract,
                ClaimsContract,
                PartsContract,
                StoredImagesContract,
                StoredObjectsContract,
                BlockIndexContract,
                CompactionContract,
                DamageContract,
                KeysContract,
                OutboxContract,
                NodesContract,
                RestorationContract,
                TokensContract {}

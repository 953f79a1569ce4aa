package org.imageferry.catalog;

import java.time.Instant;

/// The catalog as one transaction sees it. Good only until that transaction ends.
public interface Tables {
    /// The catalog's clock, to the millisecond; the same throughout a transaction. It decides about
    /// leases and ages, so that the nodes' clocks need not agree.
    Instant now();

    Accounts accounts();

    Users users();

    AccessKeys accessKeys();

    ResourceGroups groups();

    Regions regions();

    Images images();

    ImageShares shares();

    Snapshots snapshots();

    TaggedResources tagged();

    Tasks tasks();

    Events events();

    Webhooks webhooks();

    Openings openings();

    Claims claims();

    Parts parts();

    StoredObjects objects();

    BlockIndex index();

    Compaction compaction();

    Damage damage();

    Outbox outbox();

    Tokens tokens();

    Encryption encryption();

    KmsKeys kmsKeys();

    Nodes nodes();

    Restoration restoration();
}

package org.imageferry.catalog.jdbc;

import java.time.Instant;

/// Where transactions have their time from.
interface CatalogClock {
    /// @param sql the transaction that asks
    Instant now(Sql sql);
}

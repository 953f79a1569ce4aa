package org.imageferry.server;

import java.time.Duration;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.CatalogException;
import org.imageferry.catalog.Nodes.Duty;
import org.imageferry.domain.RegionId;

/// Which of the things that one node is enough for are this node's to do.
///
/// @param alone whether there is no other node, and all is
record Duties(Catalog catalog, String node, boolean alone) {
    /// @param length when the node is lost, another takes the duty so much later
    /// @throws CatalogException if it can't be found out
    boolean has(RegionId region, Duty duty, Duration length) {
        return alone
                || catalog.read(tables -> tables.nodes().has(region, duty, node, length))
                || catalog.write(tables -> tables.nodes().take(region, duty, node, length));
    }
}

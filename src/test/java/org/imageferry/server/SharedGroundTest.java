package org.imageferry.server;

import java.util.stream.Stream;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/// One of the vendor's clients walks through the life of images on a server whose catalog is in PostgreSQL
/// and whose regions are in a bucket, in each run of the tests. All do, and all other tests of the wire, with
/// `./verify --fleet`.
@DisabledIfSystemProperty(
        named = "imageferry.test.store",
        matches = "s3",
        disabledReason = "VendorClientsTest is on PostgreSQL and a bucket itself")
class SharedGroundTest extends VendorClientsTest {
    @Override
    Ground ground() {
        return Ground.shared();
    }

    @Override
    Stream<VendorClient> clients() {
        return super.clients().limit(1);
    }
}

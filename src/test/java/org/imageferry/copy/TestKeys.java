package org.imageferry.copy;

import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.imageferry.catalog.Catalog;
import org.imageferry.domain.RegionId;
import org.imageferry.kms.MasterKey;
import org.imageferry.kms.MemoryMasterKey;
import org.imageferry.kms.local.KeyRecords;
import org.imageferry.kms.local.LocalKeys;
import org.imageferry.kms.local.LocalKms;
import org.imageferry.server.CatalogKeyRecords;

/// The embedded key service over a catalog, and what the engine makes of it.
public final class TestKeys {
    /// One for all: keys outlive the nodes of a simulation.
    private static final MasterKey MASTER = new MemoryMasterKey();

    private final Catalog catalog;
    private final RandomGenerator random;
    private final LocalKms kms;
    private final LocalKeys keys;
    private final Map<RegionId, KeyPolicy> policies = new HashMap<>();

    public TestKeys(Catalog catalog, RandomGenerator random) {
        this.catalog = catalog;
        this.random = random;
        KeyRecords records = new CatalogKeyRecords(catalog);
        this.kms = new LocalKms(records, MASTER, random);
        this.keys = new LocalKeys(records, MASTER, random);
    }

    public LocalKms kms() {
        return kms;
    }

    public LocalKeys keys() {
        return keys;
    }

    /// The region's configuration is another from now on.
    public void configure(RegionId region, KeyPolicy policy) {
        policies.put(region, policy);
    }

    public KeyChoices choices() {
        return new KeyChoices(catalog, kms, this::policy);
    }

    public KeyRequests requests(Changes changes) {
        return new KeyRequests(catalog, changes, keys, this::policy);
    }

    private KeyPolicy policy(RegionId region) {
        return policies.getOrDefault(region, KeyPolicy.DEFAULT);
    }

    public Seals seals() {
        return new Seals(kms, catalog, random);
    }
}

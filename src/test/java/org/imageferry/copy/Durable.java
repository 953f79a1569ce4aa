package org.imageferry.copy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.CatalogScenes;
import org.imageferry.catalog.TestClock;
import org.imageferry.catalog.jdbc.TestCatalog;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Digest;
import org.imageferry.domain.ObjectKey;
import org.imageferry.domain.RegionId;
import org.imageferry.store.Buckets;
import org.imageferry.store.MemoryBuckets;
import org.imageferry.store.MemoryRegionStore;
import org.imageferry.store.StoreException;
import org.imageferry.store.Upload;

/// What outlives every crash: the catalog, the regions' stores, the buckets; and time, which goes on.
final class Durable implements AutoCloseable {
    private static final int SECTOR_BYTES = 512;
    private static final byte[] ZEROS = new byte[SECTOR_BYTES];

    private final TestClock clock;
    private final TestCatalog open;
    private final Catalog catalog;
    private final Map<RegionId, MemoryRegionStore> stores = new LinkedHashMap<>();
    private final MemoryBuckets buckets = new MemoryBuckets();
    private final List<AccountId> accounts = new ArrayList<>();

    Durable(long seed, TestClock clock, int regions, int accounts) {
        this(TestCatalog.open(clock, new SplittableRandom(seed)), clock, regions, accounts);
    }

    /// The same stores under another catalog.
    Durable(Durable other, Catalog catalog) {
        this.clock = other.clock;
        this.open = TestCatalog.of(catalog);
        this.catalog = catalog;
        this.stores.putAll(other.stores);
        this.accounts.addAll(other.accounts);
    }

    Durable(TestCatalog open, TestClock clock, int regions, int accounts) {
        this(open, clock, called(regions), accounts);
    }

    private static List<RegionId> called(int regions) {
        return IntStream.range(0, regions)
                .mapToObj(i -> new RegionId("region-" + (char) ('a' + i)))
                .toList();
    }

    Durable(TestCatalog open, TestClock clock, List<RegionId> regions, int accounts) {
        this.clock = clock;
        this.open = open;
        this.catalog = open.catalog();
        regions.forEach(region -> stores.put(region, new MemoryRegionStore()));
        catalog.write(tables -> {
            for (int i = 1; i <= accounts; i++) {
                AccountId account = new AccountId("%016d".formatted(i));
                CatalogScenes.add(tables, account, "account " + i);
                this.accounts.add(account);
            }
            return accounts;
        });
    }

    TestClock clock() {
        return clock;
    }

    Catalog catalog() {
        return catalog;
    }

    List<RegionId> regions() {
        return List.copyOf(stores.keySet());
    }

    MemoryRegionStore store(RegionId region) {
        return Optional.ofNullable(stores.get(region)).orElseThrow();
    }

    MemoryBuckets buckets() {
        return buckets;
    }

    List<AccountId> accounts() {
        return accounts;
    }

    /// Puts a disk into the account's bucket, its data in sectors; holes are not sent.
    ///
    /// @return the object's etag
    String put(AccountId account, RegionId region, ObjectKey key, byte[] disk)
            throws StoreException {
        var bucket = buckets.find(account, region, Buckets.DEFAULT).orElseThrow();
        Upload upload = bucket.upload(key, disk.length);
        int from = 0;
        for (int at = 0; at < disk.length; at += SECTOR_BYTES) {
            if (isZero(disk, at)) {
                send(upload, disk, from, at);
                from = at + SECTOR_BYTES;
            }
        }
        send(upload, disk, from, disk.length);
        upload.close();
        try (var object = bucket.open(key).orElseThrow()) {
            return object.etag();
        }
    }

    private static boolean isZero(byte[] disk, int sector) {
        int end = Math.min(sector + SECTOR_BYTES, disk.length);
        return Arrays.mismatch(disk, sector, end, ZEROS, 0, end - sector) < 0;
    }

    private static void send(Upload upload, byte[] disk, int from, int to) throws StoreException {
        if (from < to) {
            upload.put(from, ByteBuffer.wrap(disk, from, to - from), new Digest(0, 0, 0, 0));
        }
    }

    @Override
    public void close() {
        open.close();
    }
}

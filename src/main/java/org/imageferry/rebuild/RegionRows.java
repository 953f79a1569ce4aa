package org.imageferry.rebuild;

import java.util.ArrayList;
import java.util.List;
import org.imageferry.catalog.Restoration;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Disk;
import org.imageferry.domain.Image;
import org.imageferry.domain.KmsKey;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Snapshot;
import org.imageferry.domain.SnapshotId;
import org.imageferry.records.DamagedRecordException;
import org.imageferry.records.ToldImage;
import org.imageferry.records.ToldKey;
import org.imageferry.records.ToldRules;

/// Makes the rows of what is in one region: its rules, keys and images.
final class RegionRows {
    private final Findings findings;

    RegionRows(Findings findings) {
        this.findings = findings;
    }

    void rules(Tables tables, RowMaker.Newest newest) throws DamagedRecordException {
        ToldRules told = newest.record().as(ToldRules::of);
        RegionId region = newest.source().region();
        if (!newest.record().id().equals(region.value())) {
            throw new IllegalArgumentException("it is another region's");
        }
        told.rules().barredDestinations().forEach(tables.regions()::ensure);
        tables.regions().setRules(region, told.rules());
        tables.restoration()
                .revised(Restoration.Counted.REGION, region.value(), newest.told().revision());
    }

    void key(Tables tables, RowMaker.Newest newest) throws DamagedRecordException {
        RegionId region = newest.source().region();
        ToldKey told = newest.record().as(record -> ToldKey.of(record, region));
        KmsKey key = told.key();
        owner(tables, region, key.account());
        tables.kmsKeys().insert(key, told.material());
        told.aliases().forEach(alias -> tables.kmsKeys().insert(alias, key));
        tables.restoration()
                .revised(Restoration.Counted.KEY, key.id().value(), newest.told().revision());
        findings.count(region, Findings.Counted.KEYS, 1);
    }

    void image(Tables tables, RowMaker.Newest newest) throws DamagedRecordException {
        RegionId region = newest.source().region();
        ToldImage told = newest.record().as(record -> ToldImage.of(record, region));
        owner(tables, region, told.image().account());
        Owners.ensure(tables, told.group());
        List<Snapshot> snapshots = snapshots(tables, told);
        List<Disk> disks = new ArrayList<>();
        snapshots.forEach(
                snapshot -> disks.add(new Disk(disks.size(), snapshot.bytes(), snapshot.id())));
        Image image = told.with(disks);
        tables.images().insert(image);
        told.sharedWith()
                .forEach((account, since) -> {
                    owner(tables, region, account);
                    tables.restoration().shared(image, account, since);
                });
        told.publishedIn().forEach(tables.regions()::ensure);
        tables.shares().publish(image.id(), told.publishedIn());
        count(image, snapshots);
    }

    private static List<Snapshot> snapshots(Tables tables, ToldImage told) {
        List<Snapshot> snapshots = new ArrayList<>();
        for (SnapshotId id : told.disks()) {
            Snapshot snapshot =
                    tables.snapshots()
                            .find(id)
                            .filter(it -> it.region().equals(told.image().region()))
                            .filter(it -> it.account().equals(told.image().account()))
                            .orElseThrow(() ->
                                    new IllegalArgumentException(
                                            "its snapshot " + id + " is not there"));
            snapshots.add(snapshot);
        }
        if (snapshots.isEmpty()) {
            throw new IllegalArgumentException("it has no disk");
        }
        return snapshots;
    }

    private void count(Image image, List<Snapshot> snapshots) {
        findings.count(image.region(), Findings.Counted.IMAGES, 1);
        snapshots.stream()
                .flatMap(snapshot -> snapshot.damage().stream())
                .findFirst()
                .ifPresent(damage -> {
                    findings.count(image.region(), Findings.Counted.DAMAGED_IMAGES, 1);
                    findings.note(image.region(), "image " + image.id() + " is damaged: " + damage);
                });
    }

    private void owner(Tables tables, RegionId region, AccountId account) {
        if (Owners.ensure(tables, account)) {
            findings.foundByNumber(region, account);
        }
    }
}

package org.imageferry.copy;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.imageferry.blocks.DamagedException;
import org.imageferry.blocks.Manifest;
import org.imageferry.blocks.Seal;
import org.imageferry.catalog.Parts;
import org.imageferry.catalog.StoredObjects.StoredObject;
import org.imageferry.domain.SnapshotId;
import org.imageferry.kms.KmsException;
import org.imageferry.store.StoreException;

/// Reads parts for a verification, block by block, and has healed at once what it finds damaged.
final class PartVerifier {
    /// Of the images that have a damaged part so many are named.
    private static final int MOST_IMAGES = 3;

    private final Workshop shop;
    private final Region region;
    private final Lease lease;
    private final Findings findings;
    private final Healer healer;

    PartVerifier(Workshop shop, Region region, Lease lease, Findings findings) {
        this.shop = shop;
        this.region = region;
        this.lease = lease;
        this.findings = findings;
        this.healer = new Healer(shop);
    }

    /// What came of reading a part.
    private sealed interface Look {
        record Right() implements Look {}

        record Damaged(String what) implements Look {}

        record Unread(String why) implements Look {}
    }

    /// Whether all of the part can be read and is right. If not, or if it was not before it was healed,
    /// that is a finding.
    boolean isRight(Parts.Part part) throws Exception {
        boolean ails =
                shop.catalog().read(tables -> tables.damage().ails(part.scope(), part.digest()));
        if (ails) {
            healer.heal(region, part); // what was known to be bad may be right again
        }
        return switch (look(part)) {
            case Look.Right _ -> true;
            case Look.Unread(String why) -> {
                findings.unread("part " + part.digest() + ": " + why);
                yield false;
            }
            case Look.Damaged(String what) -> isHealed(part, what);
        };
    }

    /// The first bad block is rarely the only one: all that the part needs is looked at, and healed
    /// together.
    private boolean isHealed(Parts.Part part, String what) throws Exception {
        Optional<String> left = Optional.empty();
        Optional<Parts.Part> now = now(part);
        if (now.isPresent()) {
            examine(now.get());
            left = healer.heal(region, now.get());
        }
        Look again = left.isPresent() ? new Look.Damaged(left.get()) : look(part);
        String images = images(part);
        if (images.isEmpty()) {
            return false; // it was deleted meanwhile
        }
        String finding = "part " + part.digest() + " of " + images + ": " + what;
        return switch (again) {
            case Look.Right _ -> {
                findings.healed(finding);
                yield true;
            }
            case Look.Damaged(String still) -> {
                findings.damaged(finding + "; not healed: " + still);
                yield false;
            }
            case Look.Unread(String why) -> {
                findings.damaged(finding + "; not healed: " + why);
                yield false;
            }
        };
    }

    private Look look(Parts.Part part) throws Exception {
        Optional<Parts.Part> now = now(part);
        if (now.isEmpty()) {
            return new Look.Damaged("it was deleted");
        }
        Look look = read(now.get());
        lease.renew();
        return look;
    }

    /// As the catalog has it by now: it may have got another manifest.
    private Optional<Parts.Part> now(Parts.Part part) {
        return shop.catalog().read(tables -> tables.parts().any(part.scope(), part.digest()));
    }

    private Look read(Parts.Part part) throws Exception {
        long before = lease.done();
        try {
            Seal seal = shop.seals().of(part.scope());
            Manifest manifest = Manifests.read(region.store(), part, seal, DamageReports.of(shop));
            new PartReader(shop, region, part, seal)
                    .read(manifest, (page, content, digest) -> {}, lease);
            return new Look.Right();
        } catch (KmsException e) {
            return new Look.Unread(String.valueOf(e.getMessage()));
        } catch (DamagedException e) {
            lease.back(before);
            return new Look.Damaged(String.valueOf(e.getMessage()));
        } catch (StoreException e) {
            lease.back(before);
            String why = String.valueOf(e.getMessage());
            return DamageReports.isDamage(e) ? new Look.Damaged(why) : new Look.Unread(why);
        }
    }

    private void examine(Parts.Part part) throws StoreException, ClaimLostException {
        List<StoredObject> needs =
                shop.catalog()
                        .read(tables ->
                                tables.parts().needs(part).stream()
                                        .flatMap(id -> tables.objects().find(id).stream())
                                        .toList());
        for (StoredObject object : needs) {
            Examination.of(region.store(), object).report(DamageReports.of(shop));
            lease.worked(object.bytes());
        }
    }

    /// The images, or else the snapshots, that have the part; nothing if none has.
    private String images(Parts.Part part) {
        Set<String> names = new LinkedHashSet<>();
        shop.catalog()
                .read(tables -> {
                    List<SnapshotId> having = tables.parts().having(part);
                    having.stream()
                            .flatMap(id -> tables.images().madeOf(id, MOST_IMAGES).stream())
                            .forEach(image -> names.add(image.id().value()));
                    if (names.isEmpty()) {
                        having.forEach(id -> names.add(id.value()));
                    }
                    return names;
                });
        return String.join(", ", names.stream().limit(MOST_IMAGES).toList());
    }
}

package org.imageferry.copy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.imageferry.blocks.DamagedException;
import org.imageferry.blocks.Manifest;
import org.imageferry.blocks.Seal;
import org.imageferry.catalog.Parts;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Digest;
import org.imageferry.domain.Image;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Scope;
import org.imageferry.kms.KmsException;
import org.imageferry.store.StoreException;

/// Says what a copy would move, without moving it.
public final class CopyPlanner {
    private final Workshop shop;
    private final KeyChoices keys;

    public CopyPlanner(Workshop shop, KeyChoices keys) {
        this.shop = shop;
        this.keys = keys;
    }

    /// @param encrypted empty leaves it to the source and the account
    /// @param key id or alias of the key to use
    /// @throws org.imageferry.domain.RefusedException if there is no such image or region, or its key or
    ///     the copy's can't be used
    /// @throws StoreException if the source's manifests can't be read
    public CopyPlan plan(
            AccountId account,
            RegionId source,
            ImageId id,
            RegionId destination,
            Optional<Boolean> encrypted,
            Optional<String> key)
            throws StoreException {
        Region from = shop.regions().readable(source, new Refusal.UnknownSourceRegion(source));
        shop.regions().check(destination, new Refusal.UnknownDestinationRegion(destination));
        List<Parts.Part> parts =
                shop.catalog()
                        .read(tables -> {
                            Image image = Visible.image(tables, account, source, id);
                            Visible.checkCopy(tables, account, image, destination);
                            return image.disks().stream()
                                    .flatMap(disk -> tables.parts().of(disk.snapshot()).stream())
                                    .map(Parts.Numbered::part)
                                    .toList();
                        });
        KeyChoice choice =
                keys.forCopy(new KeyChoices.Wish(account, destination, encrypted, key), id);
        choice.key();
        Set<Digest> counted = new HashSet<>();
        CopyPlan sum = new CopyPlan(0, 0, 0);
        for (Parts.Part part : parts) {
            try {
                Seal into = shop.seals().of(choice, new Scope(account, destination));
                sum = sum.plus(plan(from, part, into, counted));
            } catch (KmsException e) {
                throw new StoreException(
                        StoreException.Kind.UNAVAILABLE, String.valueOf(e.getMessage()), e);
            } catch (DamagedException e) {
                throw new StoreException(
                        StoreException.Kind.DAMAGED, String.valueOf(e.getMessage()), e);
            }
        }
        return sum;
    }

    private CopyPlan plan(Region from, Parts.Part part, Seal into, Set<Digest> counted)
            throws StoreException, DamagedException, KmsException {
        if (part.scope().key().isEmpty() && knows(into, part.digest())) {
            return new CopyPlan(part.contentBytes(), 0, 0);
        }
        Manifest manifest =
                Manifests.read(
                        from.store(), part, shop.seals().of(part.scope()), DamageReports.NOBODY);
        if (knows(into, manifest.content())) {
            return new CopyPlan(part.contentBytes(), 0, 0);
        }
        Map<Digest, BlockSource.Wanted> lacking = new HashMap<>(); // by their names there
        for (Manifest.Entry block : manifest.entries()) {
            Digest name = into.name(block.content());
            if (!counted.contains(name)) {
                lacking.put(name, new BlockSource.Wanted(block.name(), block.location()));
            }
        }
        lacking.keySet()
                .removeAll(
                        shop.catalog()
                                .read(tables -> tables.index().find(into.scope(), lacking.keySet()))
                                .keySet());
        counted.addAll(lacking.keySet());
        List<BlockSource.Wanted> wanted = List.copyOf(lacking.values());
        long content = 0;
        long stored = 0;
        BlockSource blocks =
                new BlockSource(
                        from.store(),
                        part.scope(),
                        shop.footers(),
                        shop.catalog(),
                        DamageReports.NOBODY);
        for (BlockSource.Run run : blocks.find(wanted, Integer.MAX_VALUE, Integer.MAX_VALUE)) {
            stored += run.storedBytes();
            content += run.blocks().stream().mapToLong(block -> block.entry().length()).sum();
        }
        return new CopyPlan(part.contentBytes(), content, stored);
    }

    /// @param content the digest of a part's content
    private boolean knows(Seal into, Digest content) {
        return shop.catalog()
                .read(tables -> tables.parts().find(into.scope(), into.name(content)))
                .isPresent();
    }
}

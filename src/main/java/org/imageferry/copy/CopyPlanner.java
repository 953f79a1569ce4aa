package org.imageferry.copy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.imageferry.blocks.DamagedException;
import org.imageferry.blocks.Manifest;
import org.imageferry.blocks.Seal;
import org.imageferry.catalog.Parts;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.BlockLocation;
import org.imageferry.domain.Digest;
import org.imageferry.domain.Image;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Scope;
import org.imageferry.store.StoreException;

/// Says what a copy would move, without moving it.
public final class CopyPlanner {
    private final Workshop shop;

    public CopyPlanner(Workshop shop) {
        this.shop = shop;
    }

    /// @throws org.imageferry.domain.RefusedException if there is no such image or region
    /// @throws StoreException if the source's manifests can't be read
    public CopyPlan plan(AccountId account, RegionId source, ImageId id, RegionId destination)
            throws StoreException {
        Region from = shop.regions().readable(source, new Refusal.UnknownSourceRegion(source));
        shop.regions().check(destination, new Refusal.UnknownDestinationRegion(destination));
        List<Parts.Part> parts =
                shop.catalog()
                        .read(tables -> {
                            Image image = Owned.image(tables, account, source, id);
                            return image.disks().stream()
                                    .flatMap(disk -> tables.parts().of(disk.snapshot()).stream())
                                    .map(Parts.Numbered::part)
                                    .toList();
                        });
        Scope into = new Scope(account, destination);
        Set<Digest> counted = new HashSet<>();
        CopyPlan sum = new CopyPlan(0, 0, 0);
        for (Parts.Part part : parts) {
            try {
                sum = sum.plus(plan(from, part, into, counted));
            } catch (DamagedException e) {
                throw new StoreException(
                        StoreException.Kind.DAMAGED, String.valueOf(e.getMessage()), e);
            }
        }
        return sum;
    }

    private CopyPlan plan(Region from, Parts.Part part, Scope into, Set<Digest> counted)
            throws StoreException, DamagedException {
        boolean known =
                shop.catalog().read(tables -> tables.parts().find(into, part.digest())).isPresent();
        if (known) {
            return new CopyPlan(part.contentBytes(), 0, 0);
        }
        Manifest manifest = Manifests.read(from.store(), part, new Seal.None(part.scope()));
        Map<Digest, BlockLocation> lacking = new HashMap<>();
        for (Manifest.Entry block : manifest.entries()) {
            if (!counted.contains(block.name())) {
                lacking.put(block.name(), block.location());
            }
        }
        lacking.keySet()
                .removeAll(
                        shop.catalog()
                                .read(tables -> tables.index().find(into, lacking.keySet()))
                                .keySet());
        counted.addAll(lacking.keySet());
        List<BlockSource.Wanted> wanted = new ArrayList<>();
        lacking.forEach((name, location) -> wanted.add(new BlockSource.Wanted(name, location)));
        long content = 0;
        long stored = 0;
        BlockSource blocks =
                new BlockSource(from.store(), part.scope(), shop.footers(), shop.catalog());
        for (BlockSource.Run run : blocks.find(wanted, Integer.MAX_VALUE)) {
            stored += run.storedBytes();
            content += run.blocks().stream().mapToLong(block -> block.entry().length()).sum();
        }
        return new CopyPlan(part.contentBytes(), content, stored);
    }
}

package org.imageferry.copy;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Image;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.Quota;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.RegionId;
import org.imageferry.records.Records;

/// Takes requests to let other accounts see an image, also one that is still being made. What they have
/// begun to copy they get, whatever is asked here afterwards.
public final class ImageSharing {
    private final Changes changes;
    private final RegionMap regions;
    private final KeyChoices keys;
    private final Records records = new Records();

    public ImageSharing(Changes changes, RegionMap regions, KeyChoices keys) {
        this.changes = changes;
        this.regions = regions;
        this.keys = keys;
    }

    /// What is so already is no failure. Whoever is to lose the image goes before others come in.
    ///
    /// @throws RefusedException `UnknownImage`, `EncryptedShare`, `QuotaExceeded`, [Refusal.Sharing]
    public void share(Caller caller, RegionId region, ImageId id, ShareRequest request) {
        regions.check(region, new Refusal.UnknownRegion(region));
        boolean everybody = request.isPublic().orElse(false);
        Optional<Refusal> sealed =
                everybody || !request.add().isEmpty()
                        ? keys.forSharing(id, everybody)
                        : Optional.empty();
        changes.make(
                caller,
                tables -> {
                    tables.regions().lock(region);
                    Image image = Owned.image(tables, caller.account(), region, id);
                    refuse(sealed);
                    checkPublic(tables, image, request);
                    checkAccounts(tables, image, request);
                    checkQuotas(tables, image, request);
                    if (request.dryRun()) {
                        throw new RefusedException(new Refusal.DryRunPassed());
                    }
                    request.remove().forEach(it -> tables.shares().remove(id, it));
                    request.add().forEach(it -> tables.shares().add(image, it));
                    boolean isPublic = request.isPublic().orElse(image.attributes().isPublic());
                    write(tables, image.with(image.attributes().withPublic(isPublic)));
                    return id;
                });
    }

    private static void refuse(Optional<Refusal> refusal) {
        refusal.ifPresent(it -> {
            throw new RefusedException(it);
        });
    }

    private static void checkPublic(Tables tables, Image image, ShareRequest request) {
        boolean isPublic = image.attributes().isPublic();
        boolean publish = request.isPublic().orElse(false);
        boolean accounts = !request.add().isEmpty() || !request.remove().isEmpty();
        if (publish && accounts) {
            throw new RefusedException(new Refusal.Sharing.PublicAndShared(image.id()));
        }
        if (!request.add().isEmpty() && request.isPublic().orElse(isPublic)) {
            throw new RefusedException(new Refusal.Sharing.Public(image.id()));
        }
        if (image.deprecated() && (publish || !request.add().isEmpty())) {
            throw new RefusedException(new Refusal.Sharing.DeprecatedImage(image.id()));
        }
        if (publish && !Visible.publicImages(tables, image.account())) {
            throw new RefusedException(new Refusal.Sharing.NoPublicImages(image.account()));
        }
    }

    /// An account that is gone can still be taken off the list.
    private static void checkAccounts(Tables tables, Image image, ShareRequest request) {
        for (AccountId account : request.add()) {
            refuseOwner(image, account);
            if (!exists(tables, account)) {
                throw new RefusedException(new Refusal.Sharing.UnknownAccount(account.value()));
            }
        }
        for (AccountId account : request.remove()) {
            refuseOwner(image, account);
            if (!exists(tables, account) && !tables.shares().isShared(image.id(), account)) {
                throw new RefusedException(new Refusal.Sharing.UnknownAccount(account.value()));
            }
        }
    }

    private static boolean exists(Tables tables, AccountId account) {
        return tables.accounts().find(account).filter(it -> it.deleted().isEmpty()).isPresent();
    }

    private static void refuseOwner(Image image, AccountId account) {
        if (image.account().equals(account)) {
            throw new RefusedException(new Refusal.Sharing.OwnAccount(account));
        }
    }

    private static void checkQuotas(Tables tables, Image image, ShareRequest request) {
        ImageId id = image.id();
        Set<AccountId> come = new HashSet<>(request.add());
        come.removeIf(account -> tables.shares().isShared(id, account));
        if (come.isEmpty()) {
            return;
        }
        Set<AccountId> go = new HashSet<>(request.remove());
        go.removeIf(account -> !tables.shares().isShared(id, account));
        AccountId owner = image.account();
        int now = tables.shares().accounts(id, 0, 1).total();
        Quotas.check(tables, owner, Quota.IMAGE_ACCOUNTS, now - go.size() + come.size());
        if (now == 0) {
            long images = tables.shares().sharedImages(owner, image.region());
            Quotas.check(tables, owner, Quota.SHARED_IMAGES, images + 1);
        }
    }

    private void write(Tables tables, Image image) {
        tables.images().update(image);
        records.changed(tables, image);
    }

    /// Puts an image of the caller's into the marketplace: everybody may copy it into these regions,
    /// and into none that were said before.
    ///
    /// @param into no region takes it out of the marketplace
    /// @throws RefusedException `UnknownImage`, `UnknownDestinationRegion`, `DeprecatedImage`,
    ///     `EncryptedShare`
    public void publish(Caller caller, RegionId region, ImageId id, Set<RegionId> into) {
        regions.check(region, new Refusal.UnknownRegion(region));
        into.forEach(it -> regions.check(it, new Refusal.UnknownDestinationRegion(it)));
        Optional<Refusal> sealed = into.isEmpty() ? Optional.empty() : keys.forSharing(id, true);
        changes.make(
                caller,
                tables -> {
                    Image image = Owned.image(tables, caller.account(), region, id);
                    refuse(sealed);
                    if (image.deprecated() && !into.isEmpty()) {
                        throw new RefusedException(new Refusal.Sharing.DeprecatedImage(id));
                    }
                    tables.shares().publish(id, into);
                    write(tables, image.with(image.attributes()));
                    return id;
                });
    }
}

package org.imageferry.copy;

import static org.imageferry.copy.EngineScene.A;
import static org.imageferry.copy.EngineScene.B;
import static org.imageferry.copy.EngineScene.C;
import static org.imageferry.copy.EngineScene.ME;
import static org.imageferry.copy.EngineScene.OTHER;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.imageferry.access.CatalogKeys;
import org.imageferry.access.Secret;
import org.imageferry.catalog.AccessKeys;
import org.imageferry.catalog.ResourceGroups.ResourceGroup;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.AccessKey;
import org.imageferry.domain.AccessKeyId;
import org.imageferry.domain.Image;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.ImageState;
import org.imageferry.domain.KeyAlias;
import org.imageferry.domain.KmsKey;
import org.imageferry.domain.PolicyName;
import org.imageferry.domain.Quota;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.RegionRules;
import org.imageferry.domain.ResourceGroupName;
import org.imageferry.domain.Tags;
import org.imageferry.domain.User;
import org.imageferry.domain.UserId;
import org.imageferry.domain.UserName;
import org.imageferry.domain.UserPolicy;
import org.imageferry.kms.MasterKey;
import org.imageferry.kms.MemoryMasterKey;
import org.imageferry.records.AccountRecord;
import org.imageferry.records.Records;
import org.imageferry.records.RegionRecord;
import org.imageferry.records.UserRecord;

/// Fills a scene with accounts, keys and images of all kinds, as a seed has it.
final class RandomInstallation {
    private static final int IMAGES = 6;
    private static final MasterKey MASTER = new MemoryMasterKey();

    private final EngineScene scene;
    private final Requests ask;
    private final Changes changes;
    private final SplittableRandom chance;
    private final List<Image> images = new ArrayList<>();

    RandomInstallation(EngineScene scene, long seed) {
        this.scene = scene;
        this.ask = new Requests(scene);
        this.changes = new Changes(scene.durable().catalog());
        this.chance = new SplittableRandom(seed);
    }

    void fill() throws Exception {
        accounts();
        rules();
        ResourceGroup group =
                new ResourceGrouping(changes, scene.shop().regions(), scene.shop().ids())
                        .create(ask.me(), new ResourceGroupName("golden"), "Golden ones");
        KmsKey key = scene.keys().keys().create(ME, B, "own");
        scene.keys().keys().createAlias(ME, B, new KeyAlias("alias/own"), key.id().value());
        for (int i = 0; i < IMAGES; i++) {
            image(group);
        }
        for (Image image : List.copyOf(images)) {
            copies(image, key);
        }
        for (Image image : List.copyOf(images)) {
            change(image);
        }
    }

    private void accounts() {
        scene.change(tables -> {
            tables.accounts().setQuota(ME, Quota.IMAGES, 100 + chance.nextInt(100));
            User user =
                    new User(
                            new UserId("100000000000000001"),
                            ME,
                            new UserName("ann"),
                            tables.now());
            tables.users().add(user);
            addKey(tables, "LTAIaccount", Optional.empty());
            addKey(tables, "LTAIuser", Optional.of(user.id()));
            tables.users()
                    .put(new UserPolicy(user.id(), new PolicyName("all"), "{}", tables.now()));
            AccountRecord.changed(tables, ME);
            UserRecord.changed(tables, user.id());
            return user;
        });
        scene.change(tables -> {
            UserId gone = new UserId("100000000000000002");
            tables.users().add(new User(gone, OTHER, new UserName("bob"), tables.now()));
            UserRecord.changed(tables, gone);
            UserRecord.deleted(tables, gone);
            tables.users().delete(gone);
            return gone;
        });
    }

    private void rules() {
        scene.change(tables -> {
            tables.regions().setRules(C, new RegionRules(true, false, Instant.EPOCH, Set.of(A)));
            RegionRecord.changed(tables, C);
            return C;
        });
    }

    private void image(ResourceGroup group) throws Exception {
        var account = chance.nextInt(4) == 0 ? OTHER : ME;
        RegionId region = chance.nextBoolean() ? A : B;
        ImageId id = ask.image(account, region, Disks.any(chance));
        if (account.equals(ME) && chance.nextBoolean()) {
            new ResourceGrouping(changes, scene.shop().regions(), scene.shop().ids())
                    .join(ask.me(), region, id, group.id());
        }
        images.add(scene.image(id).orElseThrow());
    }

    private void copies(Image image, KmsKey key) throws Exception {
        RegionId to = image.region().equals(A) ? B : C;
        CopyRequest request = Requests.copying(image.id(), image.region(), to);
        boolean own = to.equals(B) && image.account().equals(ME) && chance.nextBoolean();
        boolean encrypt = own || chance.nextBoolean();
        ImageId copy =
                ask.copies()
                        .copy(
                                ask.caller(image.account()),
                                Requests.encrypted(
                                        request,
                                        Optional.of(encrypt),
                                        own ? Optional.of(key.id().value()) : Optional.empty()));
        scene.work();
        images.add(scene.image(copy).orElseThrow());
    }

    private void change(Image image) throws Exception {
        Caller owner = ask.caller(image.account());
        switch (chance.nextInt(5)) {
            case 0 ->
                    new Tagging(changes, scene.shop().regions())
                            .change(
                                    owner,
                                    image.region(),
                                    new LinkedHashSet<>(List.of(image.id())),
                                    tags -> tags.and(new Tags(Map.of("zone", "b"))));
            case 1 -> ask.deletions().deleteImage(owner, image.region(), image.id());
            case 2 -> deprecate(image);
            case 3 -> share(owner, image);
            default -> {
                // it stays as it is
            }
        }
        scene.later(Duration.ofSeconds(7));
    }

    private void deprecate(Image image) {
        scene.change(tables -> {
            Image next =
                    tables.images()
                            .find(image.id())
                            .orElseThrow()
                            .with(new ImageState.Deprecated());
            tables.images().update(next);
            new Records().changed(tables, next);
            return next;
        });
    }

    private void share(Caller owner, Image image) {
        boolean sealed =
                !scene.<Set<?>>see(tables -> tables.encryption().keysOf(image.id())).isEmpty();
        if (!sealed && owner.account().equals(ME)) {
            ask.sharing()
                    .share(
                            owner,
                            image.region(),
                            image.id(),
                            new ShareRequest(List.of(OTHER), List.of(), Optional.empty(), false));
        }
    }

    private static void addKey(Tables tables, String id, Optional<UserId> user) {
        AccessKeyId key = new AccessKeyId(id);
        String wrapped = CatalogKeys.wrap(MASTER, key, new Secret("secret of " + id));
        tables.accessKeys()
                .add(
                        new AccessKeys.Kept(
                                new AccessKey(key, ME, user, user.isEmpty(), tables.now()),
                                wrapped));
    }
}

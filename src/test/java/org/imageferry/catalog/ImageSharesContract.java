package org.imageferry.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.catalog.CatalogScenes.HANGZHOU;
import static org.imageferry.catalog.CatalogScenes.SHANGHAI;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Image;
import org.imageferry.domain.ImageAttributes;
import org.imageferry.domain.ImageFamily;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.ImageState;
import org.imageferry.domain.Origin;
import org.imageferry.domain.RegionId;
import org.junit.jupiter.api.Test;

/// Shared, public and published images, families, and what is counted.
interface ImageSharesContract extends CatalogFixture {
    private Image image(AccountId account) {
        return scenes().insert(scenes().blank(account, HANGZHOU));
    }

    private void share(Image image, AccountId account) {
        change(tables -> tables.shares().add(image, account));
    }

    private List<ImageId> listed(AccountId account, Images.Whose whose) {
        Page<Image> page =
                catalog()
                        .read(tables ->
                                tables.images()
                                        .list(
                                                Images.Query.own(account, HANGZHOU).of(whose),
                                                0,
                                                50));
        assertThat(page.total()).isEqualTo(page.items().size());
        return page.items().stream().map(Image::id).toList();
    }

    @Test
    default void anImageIsSharedUntilItIsNot() {
        AccountId other = scenes().account();
        Image image = image(scenes().account());
        Image alone = image(image.account());
        share(image, other);
        share(image, other);
        List<ImageId> both = List.of(image.id(), alone.id());
        assertThat(is(tables -> tables.shares().isShared(image.id(), other))).isTrue();
        assertThat(is(tables -> tables.shares().isShared(alone.id(), other))).isFalse();
        assertThat(catalog().<Set<ImageId>>read(tables -> tables.shares().sharedOf(both)))
                .containsExactly(image.id());
        change(tables -> tables.shares().remove(image.id(), other));
        change(tables -> tables.shares().remove(image.id(), other));
        assertThat(is(tables -> tables.shares().isShared(image.id(), other))).isFalse();
        assertThat(catalog().<Set<ImageId>>read(tables -> tables.shares().sharedOf(both)))
                .isEmpty();
    }

    @Test
    default void accountsAreListedByTheTimeTheyCameIn() {
        Image image = image(scenes().account());
        List<ImageShares.Share> expected = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            AccountId account = scenes().account();
            share(image, account);
            expected.add(new ImageShares.Share(account, catalog().read(Tables::now)));
            clock().advance(Duration.ofSeconds(1));
        }
        assertThat(accounts(image, 0, 5)).isEqualTo(new Page<>(expected, 3));
        assertThat(accounts(image, 1, 1)).isEqualTo(new Page<>(expected.subList(1, 2), 3));
    }

    private Page<ImageShares.Share> accounts(Image image, int offset, int limit) {
        return catalog().read(tables -> tables.shares().accounts(image.id(), offset, limit));
    }

    @Test
    default void sharedImagesAreCountedOnceWhoeverSeesThem() {
        AccountId owner = scenes().account();
        AccountId other = scenes().account();
        Image image = image(owner);
        share(image, other);
        share(image, scenes().account());
        share(image(owner), other);
        share(image(scenes().account()), other);
        assertThat(number(tables -> tables.shares().sharedImages(owner, HANGZHOU))).isEqualTo(2);
        assertThat(number(tables -> tables.shares().sharedImages(owner, SHANGHAI))).isZero();
    }

    @Test
    default void sharesAndMarketsGoWithTheImage() {
        AccountId owner = scenes().account();
        Image image = image(owner);
        share(image, scenes().account());
        change(tables -> tables.shares().publish(image.id(), Set.of(SHANGHAI)));
        change(tables -> tables.images().delete(image.id()));
        assertThat(number(tables -> tables.shares().sharedImages(owner, HANGZHOU))).isZero();
        assertThat(published(image)).isEmpty();
    }

    @Test
    default void anImageIsPublishedForTheRegionsSaidLast() {
        Image image = image(scenes().account());
        change(tables -> tables.shares().publish(image.id(), Set.of(HANGZHOU)));
        change(tables -> tables.shares().publish(image.id(), Set.of(HANGZHOU, SHANGHAI)));
        assertThat(published(image)).containsExactlyInAnyOrder(HANGZHOU, SHANGHAI);
        change(tables -> tables.shares().publish(image.id(), Set.of()));
        assertThat(published(image)).isEmpty();
    }

    private Set<RegionId> published(Image image) {
        return catalog().read(tables -> tables.shares().published(image.id()));
    }

    @Test
    default void eachSeesItsOwnWhatIsSharedAndWhatEverybodyMaySee() {
        AccountId me = scenes().account();
        AccountId other = scenes().account();
        Image mine = image(me);
        Image shared = image(other);
        Image open = image(other);
        Image sold = image(other);
        image(other);
        share(shared, me);
        share(mine, other);
        change(tables -> tables.images().update(open.with(open.attributes().withPublic(true))));
        change(tables -> tables.shares().publish(sold.id(), Set.of(SHANGHAI)));
        assertThat(listed(me, Images.Whose.OWN)).containsExactly(mine.id());
        assertThat(listed(me, Images.Whose.SHARED)).containsExactly(shared.id());
        assertThat(listed(me, Images.Whose.OWN_AND_SHARED))
                .containsExactlyInAnyOrder(mine.id(), shared.id());
        assertThat(listed(me, Images.Whose.PUBLIC)).containsExactly(open.id());
        assertThat(listed(me, Images.Whose.MARKET)).containsExactly(sold.id());
        assertThat(listed(other, Images.Whose.PUBLIC)).isEmpty();
        assertThat(listed(other, Images.Whose.MARKET)).isEmpty();
        assertThat(listed(scenes().account(), Images.Whose.OWN_AND_SHARED)).isEmpty();
    }

    @Test
    default void ownAndSharedImagesArePagedAsOneList() {
        AccountId me = scenes().account();
        AccountId other = scenes().account();
        List<ImageId> newestFirst = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            Image image = image(i % 3 == 0 ? other : me);
            share(image, i % 3 == 0 ? me : other);
            newestFirst.addFirst(image.id());
            clock().advance(Duration.ofSeconds(1));
        }
        Images.Query both = Images.Query.own(me, HANGZHOU).of(Images.Whose.OWN_AND_SHARED);
        for (int offset = 0; offset < 7; offset++) {
            int from = offset;
            Page<Image> page = catalog().read(tables -> tables.images().list(both, from, 2));
            assertThat(page.total()).isEqualTo(7);
            assertThat(page.items().stream().map(Image::id))
                    .isEqualTo(newestFirst.subList(from, Math.min(from + 2, 7)));
        }
    }

    @Test
    default void othersImagesAreFilteredByWhatTheyAre() {
        AccountId me = scenes().account();
        Image first = image(scenes().account());
        Image second = image(scenes().account());
        share(first, me);
        share(second, me);
        Images.Query shared = Images.Query.own(me, HANGZHOU).of(Images.Whose.SHARED);
        Images.Traits any = Images.Traits.ANY;
        Images.Traits seconds =
                new Images.Traits(
                        any.name(),
                        any.family(),
                        any.group(),
                        Optional.of(second.account()),
                        any.snapshot(),
                        any.osType(),
                        any.architecture(),
                        any.createdFrom(),
                        any.createdTo());
        assertThat(catalog().read(t -> t.images().list(shared.with(seconds), 0, 5)).items())
                .containsExactly(second);
        Images.Traits named = Images.Traits.name(first.name().value());
        assertThat(catalog().read(t -> t.images().list(shared.with(named), 0, 5)).items())
                .containsExactly(first);
    }

    @Test
    default void aFamilyHasANewestImageThatIsAvailable() {
        AccountId account = scenes().account();
        ImageFamily family = new ImageFamily("nightly");
        Image older = scenes().insert(of(family, scenes().blank(account, HANGZHOU)));
        clock().advance(Duration.ofSeconds(1));
        Image newer = scenes().insert(of(family, scenes().blank(account, HANGZHOU)));
        clock().advance(Duration.ofSeconds(1));
        scenes().insert(of(new ImageFamily("weekly"), scenes().blank(account, HANGZHOU)));
        assertThat(newest(account, family)).contains(newer);
        change(tables -> tables.images().update(newer.with(new ImageState.Deprecated())));
        assertThat(newest(account, family)).contains(older);
        assertThat(newest(scenes().account(), family)).isEmpty();
    }

    private Optional<Image> newest(AccountId account, ImageFamily family) {
        return catalog().read(tables -> tables.images().newestOf(account, HANGZHOU, family));
    }

    private static Image of(ImageFamily family, Image image) {
        ImageAttributes it = image.attributes();
        return new Image(
                image.id(),
                image.account(),
                image.region(),
                new ImageAttributes(
                        it.name(),
                        it.description(),
                        Optional.of(family),
                        it.platform(),
                        it.features(),
                        it.group(),
                        it.tags(),
                        it.isPublic()),
                image.state(),
                image.created(),
                image.origin(),
                image.disks(),
                image.bytes(),
                1);
    }

    @Test
    default void copiesOfAnImageAreFoundInAllRegions() {
        AccountId account = scenes().account();
        Image image = image(account);
        Image one = copy(image, account, HANGZHOU);
        clock().advance(Duration.ofSeconds(1));
        Image two = copy(image, account, SHANGHAI);
        Image others = copy(image, scenes().account(), HANGZHOU);
        assertThat(copies(image, account)).containsExactly(two, one);
        assertThat(copies(image, others.account())).containsExactly(others);
        assertThat(copies(one, account)).isEmpty();
    }

    private List<Image> copies(Image image, AccountId account) {
        return catalog().read(tables -> tables.images().copiesOf(image.id(), account, 5));
    }

    private Image copy(Image source, AccountId account, RegionId region) {
        Image blank = scenes().blank(account, region);
        return scenes().insert(
                        new Image(
                                blank.id(),
                                account,
                                region,
                                blank.attributes(),
                                blank.state(),
                                blank.created(),
                                new Origin.Copied(source.id(), source.region()),
                                List.of(),
                                0,
                                1));
    }

    @Test
    default void failedImagesAreNotCounted() {
        AccountId account = scenes().account();
        Image image = image(account);
        image(account);
        scenes().snapshot(account, HANGZHOU);
        change(tables -> tables.images().update(image.with(new ImageState.CreateFailed("rot"))));
        assertThat(number(tables -> tables.images().count(account, HANGZHOU))).isEqualTo(1);
        assertThat(number(tables -> tables.images().count(account, SHANGHAI))).isZero();
        assertThat(number(tables -> tables.snapshots().count(account, HANGZHOU))).isEqualTo(1);
        assertThat(number(tables -> tables.snapshots().count(account, SHANGHAI))).isZero();
    }

    @Test
    default void twoAccountsMayCopyOneImageIntoOneRegion() {
        Image image = scenes().image(scenes().account(), HANGZHOU);
        scenes().copy(image, HANGZHOU);
        AccountId other = scenes().account();
        assertThat(is(tables -> tables.tasks().copying(other, image.id(), HANGZHOU))).isFalse();
        assertThat(is(tables -> tables.tasks().copying(image.account(), image.id(), HANGZHOU)))
                .isTrue();
    }
}

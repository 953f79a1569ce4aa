package org.imageferry.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.imageferry.catalog.CatalogScenes.HANGZHOU;
import static org.imageferry.catalog.CatalogScenes.SHANGHAI;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Description;
import org.imageferry.domain.Features;
import org.imageferry.domain.Image;
import org.imageferry.domain.ImageAttributes;
import org.imageferry.domain.ImageFamily;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.ImageName;
import org.imageferry.domain.ImageState;
import org.imageferry.domain.Origin;
import org.imageferry.domain.Platform;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.ResourceGroupId;
import org.imageferry.domain.Snapshot;
import org.imageferry.domain.Tags;
import org.junit.jupiter.api.Test;

interface ImagesContract extends CatalogFixture {
    private static Image named(Image image, String name) {
        return with(image, name, image.state(), image.tags());
    }

    private static Image with(Image image, String name, ImageState state, Tags tags) {
        return new Image(
                image.id(),
                image.account(),
                image.region(),
                new ImageAttributes(
                        new ImageName(name),
                        image.description(),
                        image.attributes().family(),
                        image.platform(),
                        image.attributes().features(),
                        image.group(),
                        tags,
                        image.attributes().isPublic()),
                state,
                image.created(),
                image.origin(),
                image.disks(),
                image.bytes(),
                image.revision());
    }

    private Image found(Image image) {
        return row(tables -> tables.images().find(image.id())).orElseThrow();
    }

    private static Refusal refusal(Runnable change) {
        return Objects.requireNonNull(catchThrowableOfType(RefusedException.class, change::run))
                .refusal();
    }

    @Test
    default void anImageIsFoundAsItWasInserted() {
        AccountId account = scenes().account();
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put("zone", "");
        tags.put("app", "web 1");
        Snapshot system = scenes().snapshot(account, HANGZHOU);
        Snapshot data = scenes().snapshot(account, HANGZHOU);
        Image blank = scenes().blank(account, HANGZHOU, system, data);
        Image image =
                new Image(
                        blank.id(),
                        account,
                        HANGZHOU,
                        new ImageAttributes(
                                new ImageName("黄金镜像-1"),
                                new Description("it's \"golden\""),
                                Optional.of(new ImageFamily("golden")),
                                new Platform("arm64", "windows", "Windows Server", "UEFI"),
                                new Features(true, "v2", "BYOL"),
                                ResourceGroupId.standard(account),
                                new Tags(tags),
                                true),
                        new ImageState.Creating(),
                        blank.created(),
                        new Origin.Copied(scenes().imageId(), SHANGHAI),
                        blank.disks(),
                        blank.bytes(),
                        3);
        scenes().insert(image);
        assertThat(found(image)).isEqualTo(image);
        assertThat(found(image).tags().all().keySet()).containsExactly("zone", "app");
    }

    @Test
    default void anUnknownImageIsNotFound() {
        ImageId unknown = scenes().imageId();
        assertThat(row(tables -> tables.images().find(unknown))).isEmpty();
    }

    @Test
    default void anUpdateWritesAllOfTheRowAnew() {
        AccountId account = scenes().account();
        Image image = scenes().image(account, HANGZHOU);
        Snapshot other = scenes().snapshot(account, HANGZHOU);
        Image next =
                with(image, "renamed", new ImageState.Creating(), new Tags(Map.of("stage", "test")))
                        .with(scenes().blank(account, HANGZHOU, other).disks());
        change(tables -> tables.images().update(next));
        assertThat(found(image)).isEqualTo(next);
        assertThat(is(tables -> tables.images().uses(other.id()))).isTrue();
        assertThat(is(tables -> tables.images().uses(CatalogScenes.disk(image, 0)))).isFalse();
    }

    @Test
    default void anImageThatIsGoneCannotBeUpdated() {
        Image image = scenes().image(scenes().account(), HANGZHOU);
        change(tables -> tables.images().delete(image.id()));
        change(tables -> tables.images().delete(image.id()));
        assertThat(row(tables -> tables.images().find(image.id()))).isEmpty();
        assertThatIllegalStateException()
                .isThrownBy(() -> change(tables -> tables.images().update(image)));
    }

    @Test
    default void aNameIsUsedOnceInAnAccountAndRegion() {
        AccountId account = scenes().account();
        Image first = scenes().insert(named(scenes().blank(account, HANGZHOU), "golden"));
        Image second = named(scenes().blank(account, HANGZHOU), "golden");
        assertThat(refusal(() -> scenes().insert(second)))
                .isEqualTo(new Refusal.NameTaken(first.name()));
        scenes().insert(named(scenes().blank(account, HANGZHOU), "Golden"));
        scenes().insert(named(scenes().blank(account, SHANGHAI), "golden"));
        scenes().insert(named(scenes().blank(scenes().account(), HANGZHOU), "golden"));
    }

    @Test
    default void aNameIsTakenUntilItsImageHasFailedOrIsGone() {
        AccountId account = scenes().account();
        Image first = scenes().insert(named(scenes().blank(account, HANGZHOU), "golden"));
        assertThat(taken(account, HANGZHOU)).isTrue();
        assertThat(taken(account, SHANGHAI)).isFalse();
        change(tables -> tables.images().update(first.with(new ImageState.CreateFailed("full"))));
        assertThat(taken(account, HANGZHOU)).isFalse();
        Image second = scenes().insert(named(scenes().blank(account, HANGZHOU), "golden"));
        change(tables -> tables.images().delete(second.id()));
        assertThat(taken(account, HANGZHOU)).isFalse();
    }

    private boolean taken(AccountId account, RegionId region) {
        return is(tables -> tables.images().nameTaken(account, region, new ImageName("golden")));
    }

    @Test
    default void aRenamedImageMustNotTakeAnothersName() {
        AccountId account = scenes().account();
        Image first = scenes().insert(named(scenes().blank(account, HANGZHOU), "golden"));
        Image second = scenes().insert(scenes().blank(account, HANGZHOU));
        assertThat(refusal(() -> change(t -> t.images().update(named(second, "golden")))))
                .isEqualTo(new Refusal.NameTaken(first.name()));
        change(tables -> tables.images().update(named(first, "golden")));
    }

    @Test
    default void ofThreadsThatRaceForANameOneWins() throws Exception {
        AccountId account = scenes().account();
        List<Boolean> won =
                Racing.all(
                        6,
                        _ -> {
                            Image image = named(scenes().blank(account, HANGZHOU), "golden");
                            try {
                                scenes().insert(image);
                                return true;
                            } catch (RefusedException e) {
                                return !e.refusal().equals(new Refusal.NameTaken(image.name()));
                            }
                        });
        assertThat(won).containsOnlyOnce(true);
    }

    @Test
    default void aFailedImageKeepsItsReasonAndNoDisks() {
        Image image = scenes().image(scenes().account(), HANGZHOU);
        Image failed = image.with(new ImageState.CreateFailed("store is full"));
        change(tables -> tables.images().update(failed));
        assertThat(found(image)).isEqualTo(failed);
        assertThat(is(tables -> tables.images().uses(CatalogScenes.disk(image, 0)))).isFalse();
    }

    @Test
    default void failedImagesAreFoundByTheirAge() {
        AccountId account = scenes().account();
        Image old = failed(account);
        clock().advance(Duration.ofDays(1));
        Image younger = failed(account);
        scenes().image(account, HANGZHOU);
        Instant limit = found(younger).created();
        assertThat(rows(tables -> tables.images().failedBefore(limit, 10)))
                .containsExactly(old.id());
        assertThat(rows(t -> t.images().failedBefore(limit.plusMillis(1), 10)))
                .containsExactly(old.id(), younger.id());
        assertThat(rows(t -> t.images().failedBefore(limit.plusMillis(1), 1)))
                .containsExactly(old.id());
    }

    private Image failed(AccountId account) {
        return scenes().insert(
                        scenes().blank(account, HANGZHOU)
                                .with(new ImageState.CreateFailed("full")));
    }
}

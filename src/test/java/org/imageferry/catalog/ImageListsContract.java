package org.imageferry.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.catalog.CatalogScenes.HANGZHOU;
import static org.imageferry.catalog.CatalogScenes.SHANGHAI;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Image;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.ImageState;
import org.imageferry.domain.Platform;
import org.imageferry.domain.SnapshotId;
import org.imageferry.domain.Tags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

interface ImageListsContract extends CatalogFixture {
    private static Images.Query all(AccountId account) {
        return Images.Query.own(account, HANGZHOU);
    }

    private static Images.Query named(AccountId account, String name) {
        return all(account).with(Images.Traits.name(name));
    }

    private static Images.Query tagged(AccountId account, Map<String, String> tags) {
        return all(account).tagged(tags);
    }

    private static Images.Query of(
            AccountId account, Set<Images.Status> statuses, Set<ImageId> ids) {
        return all(account).in(statuses).named(ids);
    }

    private static Images.Query made(
            AccountId account,
            Optional<SnapshotId> snapshot,
            Optional<String> osType,
            Optional<String> architecture,
            Optional<Instant> from,
            Optional<Instant> to) {
        return all(account)
                .with(
                        new Images.Traits(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                snapshot,
                                osType,
                                architecture,
                                from,
                                to));
    }

    private Page<Image> page(Images.Query query, int offset, int limit) {
        return catalog().read(tables -> tables.images().list(query, offset, limit));
    }

    private List<ImageId> ids(Images.Query query) {
        Page<Image> page = page(query, 0, 50);
        assertThat(page.total()).isEqualTo(page.items().size());
        return page.items().stream().map(Image::id).toList();
    }

    private Image insert(AccountId account, String name, Platform platform, Tags tags) {
        Image blank = scenes().blank(account, HANGZHOU);
        return scenes().insert(
                        new Image(
                                blank.id(),
                                account,
                                HANGZHOU,
                                CatalogScenes.attributes(account, name, platform, tags),
                                blank.state(),
                                blank.created(),
                                blank.origin(),
                                blank.disks(),
                                blank.bytes(),
                                1));
    }

    private Image named(String name, AccountId account) {
        return insert(account, name, Platform.DEFAULT, Tags.NONE);
    }

    @Test
    default void aListHasTheAccountsImagesOfTheRegionWhole() {
        AccountId account = scenes().account();
        Image image = scenes().image(account, HANGZHOU);
        scenes().image(account, SHANGHAI);
        scenes().image(scenes().account(), HANGZHOU);
        assertThat(page(all(account), 0, 10)).isEqualTo(new Page<>(List.of(image), 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 20})
    default void pagesGoFromTheNewestToTheOldestThenById(int limit) {
        AccountId account = scenes().account();
        List<ImageId> expected = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Image first = scenes().insert(scenes().blank(account, HANGZHOU));
            Image second = scenes().insert(scenes().blank(account, HANGZHOU));
            expected.addAll(0, List.of(first.id(), second.id()));
            clock().advance(Duration.ofMillis(1));
        }
        List<ImageId> listed = new ArrayList<>();
        for (int offset = 0; offset < 10; offset += limit) {
            Page<Image> page = page(all(account), offset, limit);
            assertThat(page.total()).isEqualTo(10);
            page.items().forEach(image -> listed.add(image.id()));
        }
        assertThat(listed).isEqualTo(expected);
        assertThat(page(all(account), 10, limit)).isEqualTo(new Page<>(List.of(), 10));
        assertThat(page(all(account), 0, 0)).isEqualTo(new Page<>(List.of(), 10));
    }

    @Test
    default void statusesAndIdsFilter() {
        AccountId account = scenes().account();
        Image available = named("one", account);
        Image waiting =
                scenes().insert(scenes().blank(account, HANGZHOU).with(new ImageState.Waiting()));
        assertThat(ids(of(account, Set.of(Images.Status.Available), Set.of())))
                .containsExactly(available.id());
        assertThat(
                        ids(
                                of(
                                        account,
                                        Set.of(Images.Status.Available, Images.Status.Waiting),
                                        Set.of())))
                .hasSize(2);
        assertThat(ids(of(account, Set.of(Images.Status.Creating), Set.of()))).isEmpty();
        assertThat(ids(of(account, Set.of(), Set.of(waiting.id(), scenes().imageId()))))
                .containsExactly(waiting.id());
        assertThat(ids(of(account, Set.of(Images.Status.Available), Set.of(waiting.id()))))
                .isEmpty();
    }

    @Test
    default void countsStayExactWhileImagesComeChangeAndGo() {
        AccountId account = scenes().account();
        Images.Query available = of(account, Set.of(Images.Status.Available), Set.of());
        Image first = named("one", account);
        Image second = named("two", account);
        assertThat(page(available, 0, 1).total()).isEqualTo(2);
        change(t -> t.images().update(first.with(new ImageState.CreateFailed("full"))));
        assertThat(page(available, 0, 1).total()).isEqualTo(1);
        assertThat(page(all(account), 0, 1).total()).isEqualTo(2);
        change(tables -> tables.images().delete(second.id()));
        assertThat(page(available, 0, 1)).isEqualTo(new Page<>(List.of(), 0));
        assertThat(page(all(account), 0, 1).total()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "golden-1,      1",
        "golden-*,      2",
        "*-1,           1",
        "*,             4",
        "g*d*-2,        1",
        "golden-1*,     1",
        "GOLDEN-*,      0",
        "gold_n-1,      0",
        "golden-?,      0",
        "golden-[12],   0",
        "'golden-%',    0",
        "golden,        0",
        "na.me:*,       1",
        "'*[*',         0",
    })
    default void aNameFilterTakesStarsAndNothingElse(String pattern, int matches) {
        AccountId account = scenes().account();
        for (String name : List.of("golden-1", "golden-2", "na.me:x_y", "other")) {
            named(name, account);
        }
        assertThat(ids(named(account, pattern))).hasSize(matches);
    }

    @Test
    default void failedImagesAreFoundByNameToo() {
        AccountId account = scenes().account();
        Image image = named("golden", account);
        change(t -> t.images().update(image.with(new ImageState.CreateFailed("full"))));
        assertThat(ids(named(account, "golden"))).containsExactly(image.id());
    }

    @Test
    default void allTagsMustMatch() {
        AccountId account = scenes().account();
        Tags both = new Tags(Map.of("app", "web", "stage", "test"));
        Image image = insert(account, "one", Platform.DEFAULT, both);
        insert(account, "two", Platform.DEFAULT, new Tags(Map.of("app", "web")));
        assertThat(ids(tagged(account, Map.of("app", "web")))).hasSize(2);
        assertThat(ids(tagged(account, Map.of("app", "web", "stage", "test"))))
                .containsExactly(image.id());
        assertThat(ids(tagged(account, Map.of("stage", "")))).containsExactly(image.id());
        assertThat(ids(tagged(account, Map.of("app", "db")))).isEmpty();
        assertThat(ids(tagged(account, Map.of("zone", "")))).isEmpty();
    }

    @Test
    default void countsByTagStayExactWhileImagesAndTagsComeChangeAndGo() {
        AccountId account = scenes().account();
        Tags web = new Tags(Map.of("app", "web"));
        Image one = insert(account, "one", Platform.DEFAULT, web);
        Image two = insert(account, "two", Platform.DEFAULT, web);
        Images.Query query = tagged(account, Map.of("app", "web"));
        assertThat(page(query, 0, 1).total()).isEqualTo(2);
        change(t -> t.images().update(one.with(one.attributes().with(Tags.NONE))));
        assertThat(page(query, 0, 5)).isEqualTo(new Page<>(List.of(two), 1));
        change(t -> t.images().update(two.with(new ImageState.Deprecated())));
        assertThat(page(available(query), 0, 5).total()).isZero();
        assertThat(page(query, 0, 5).total()).isEqualTo(1);
        change(tables -> tables.images().delete(two.id()));
        assertThat(page(query, 0, 5)).isEqualTo(new Page<>(List.of(), 0));
    }

    private static Images.Query available(Images.Query query) {
        return query.in(Set.of(Images.Status.Available));
    }

    @Test
    default void taggedImagesComeNewestFirstToo() {
        AccountId account = scenes().account();
        List<ImageId> inserted = new ArrayList<>();
        for (String name : List.of("one", "two", "three", "four", "five")) {
            Tags tags = new Tags(Map.of("app", "web", "name", name));
            inserted.addFirst(insert(account, name, Platform.DEFAULT, tags).id());
            clock().advance(Duration.ofSeconds(1));
        }
        Images.Query query = tagged(account, Map.of("app", "web"));
        for (int offset = 0; offset < 5; offset += 2) {
            assertThat(page(query, offset, 2).items())
                    .extracting(Image::id)
                    .isEqualTo(inserted.subList(offset, Math.min(5, offset + 2)));
        }
        assertThat(ids(tagged(account, Map.of("name", "three", "app", "web"))))
                .containsExactly(inserted.get(2));
        assertThat(ids(tagged(account, Map.of("name", "")))).isEqualTo(inserted);
    }

    @Test
    default void platformSnapshotAndAgeFilter() {
        AccountId account = scenes().account();
        Optional<Instant> before = Optional.of(catalog().read(Tables::now));
        Image linux = scenes().image(account, HANGZHOU);
        clock().advance(Duration.ofHours(1));
        Optional<Instant> after = Optional.of(catalog().read(Tables::now));
        Image windows =
                insert(account, "two", new Platform("arm64", "windows", "W", "UEFI"), Tags.NONE);
        Optional<SnapshotId> disk = Optional.of(CatalogScenes.disk(linux, 0));
        Optional<String> any = Optional.empty();
        Optional<Instant> ever = Optional.empty();
        assertThat(ids(made(account, disk, any, any, ever, ever))).containsExactly(linux.id());
        assertThat(ids(made(account, Optional.empty(), Optional.of("windows"), any, ever, ever)))
                .containsExactly(windows.id());
        assertThat(ids(made(account, Optional.empty(), any, Optional.of("x86_64"), ever, ever)))
                .containsExactly(linux.id());
        assertThat(ids(made(account, Optional.empty(), any, any, after, ever)))
                .containsExactly(windows.id());
        assertThat(ids(made(account, Optional.empty(), any, any, ever, before)))
                .containsExactly(linux.id());
        assertThat(ids(made(account, Optional.empty(), any, any, before, after))).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    default void whateverThereIsIsFoundPageByPage(long seed) {
        Random random = new Random(seed);
        ImageListModel model = new ImageListModel(this, random);
        for (int i = 0; i < 60; i++) {
            model.make();
        }
        for (int i = 0; i < 150; i++) {
            Images.Query query = model.query();
            int limit = 1 + random.nextInt(20);
            List<Image> expected = model.found(query);
            for (int offset = 0; offset <= expected.size(); offset += limit) {
                int end = Math.min(offset + limit, expected.size());
                assertThat(page(query, offset, limit))
                        .as("%s from %d", query, offset)
                        .isEqualTo(new Page<>(expected.subList(offset, end), expected.size()));
            }
            if (random.nextInt(4) == 0) {
                model.change();
            }
        }
    }
}

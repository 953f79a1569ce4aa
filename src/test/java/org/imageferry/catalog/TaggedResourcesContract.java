package org.imageferry.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.catalog.CatalogScenes.HANGZHOU;
import static org.imageferry.catalog.CatalogScenes.SHANGHAI;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.imageferry.catalog.TaggedResources.Census;
import org.imageferry.catalog.TaggedResources.Counted;
import org.imageferry.catalog.TaggedResources.Match;
import org.imageferry.catalog.TaggedResources.Place;
import org.imageferry.catalog.TaggedResources.Query;
import org.imageferry.catalog.TaggedResources.Tagged;
import org.imageferry.catalog.TaggedResources.Wanted;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Image;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.ResourceId;
import org.imageferry.domain.ResourceType;
import org.imageferry.domain.Snapshot;
import org.imageferry.domain.SnapshotId;
import org.imageferry.domain.Tags;
import org.junit.jupiter.api.Test;

/// Images and snapshots by their tags.
interface TaggedResourcesContract extends CatalogFixture {
    private static Tags tags(String... both) {
        Map<String, String> all = new LinkedHashMap<>();
        for (int i = 0; i < both.length; i += 2) {
            all.put(both[i], both[i + 1]);
        }
        return new Tags(all);
    }

    private ImageId image(AccountId account, RegionId region, String... tags) {
        clock().advance(Duration.ofSeconds(1));
        Image image = scenes().blank(account, region);
        return scenes().insert(image.with(image.attributes().with(tags(tags)))).id();
    }

    private SnapshotId snapshot(AccountId account, RegionId region, String... tags) {
        clock().advance(Duration.ofSeconds(1));
        Snapshot snapshot = scenes().snapshot(account, region);
        change(tables ->
                tables.snapshots().update(snapshot.with(snapshot.attributes().with(tags(tags)))));
        return snapshot.id();
    }

    private static Wanted tag(String key, String... values) {
        List<Match> texts = new ArrayList<>();
        for (String value : values) {
            texts.add(match(value));
        }
        return new Wanted(match(key), texts);
    }

    private static Match match(String text) {
        return text.contains("*") ? new Match.Like(text) : new Match.Exactly(text);
    }

    private static Query images(AccountId account, Wanted... tags) {
        return new Query(account, HANGZHOU, ResourceType.IMAGE, Set.of(), List.of(tags));
    }

    private static Query snapshots(AccountId account, Wanted... tags) {
        return new Query(account, HANGZHOU, ResourceType.SNAPSHOT, Set.of(), List.of(tags));
    }

    private static Query only(AccountId account, Set<String> ids, Wanted... tags) {
        return new Query(account, HANGZHOU, ResourceType.IMAGE, ids, List.of(tags));
    }

    private List<Tagged> list(Query query) {
        return rows(tables -> tables.tagged().list(query, Optional.empty(), 100));
    }

    private List<ResourceId> ids(Query query) {
        return list(query).stream().map(Tagged::id).toList();
    }

    @Test
    default void resourcesAreFoundByTheirTagsNewestFirst() {
        AccountId account = scenes().account();
        ImageId web = image(account, HANGZHOU, "app", "web", "zone", "b");
        ImageId other = image(account, HANGZHOU, "app", "db", "zone", "b");
        image(account, SHANGHAI, "app", "web");
        image(scenes().account(), HANGZHOU, "app", "web");
        SnapshotId snapshot = snapshot(account, HANGZHOU, "app", "web");
        assertThat(ids(images(account, tag("app", "web")))).containsExactly(web);
        assertThat(ids(images(account, tag("app")))).containsExactly(other, web);
        assertThat(ids(images(account, tag("zone", "b"), tag("app", "db")))).containsExactly(other);
        assertThat(ids(images(account, tag("zone", "b"), tag("app", "mail")))).isEmpty();
        assertThat(ids(images(account, tag("app", "db", "web")))).containsExactly(other, web);
        assertThat(ids(snapshots(account, tag("app", "web")))).containsExactly(snapshot);
        assertThat(list(images(account, tag("app", "web"))).getFirst().tags().all())
                .containsExactly(Map.entry("app", "web"), Map.entry("zone", "b"));
    }

    @Test
    default void aStarStandsForAnyCharactersAndNothingElseIsSpecial() {
        AccountId account = scenes().account();
        ImageId one = image(account, HANGZHOU, "environment", "product");
        ImageId two = image(account, HANGZHOU, "env", "pro[1]?");
        assertThat(ids(images(account, tag("env*")))).containsExactly(two, one);
        assertThat(ids(images(account, tag("*iron*")))).containsExactly(one);
        assertThat(ids(images(account, tag("env", "pro[1]*")))).containsExactly(two);
        assertThat(ids(images(account, tag("env", "pro[1]?")))).containsExactly(two);
        assertThat(ids(images(account, tag("ENV*")))).isEmpty();
    }

    /// It has two tags that match, and is still one image.
    @Test
    default void aResourceIsListedOnce() {
        AccountId account = scenes().account();
        ImageId image = image(account, HANGZHOU, "env", "1", "environment", "2");
        assertThat(ids(images(account, tag("env*")))).containsExactly(image);
        assertThat(ids(only(account, Set.of(image.value())))).containsExactly(image);
    }

    @Test
    default void whatHasNoTagsOrIsNotTheAccountsIsNotListedByItsId() {
        AccountId account = scenes().account();
        ImageId tagged = image(account, HANGZHOU, "app", "web");
        ImageId bare = image(account, HANGZHOU);
        ImageId theirs = image(scenes().account(), HANGZHOU, "app", "web");
        ImageId elsewhere = image(account, SHANGHAI, "app", "web");
        Set<String> all =
                Set.of(tagged.value(), bare.value(), theirs.value(), elsewhere.value(), "m-1");
        assertThat(ids(only(account, all))).containsExactly(tagged);
        assertThat(ids(only(account, all, tag("app", "db")))).isEmpty();
    }

    /// Two are of the same age, so that the ids decide.
    @Test
    default void aListGoesOnWhereItStoppedEvenIfThatResourceIsGone() {
        AccountId account = scenes().account();
        List<ImageId> made = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            made.add(image(account, HANGZHOU, "app", "web"));
        }
        Image twin = scenes().blank(account, HANGZHOU);
        scenes().insert(twin.with(twin.attributes().with(tags("app", "web"))));
        made.add(twin.id());
        Query query = images(account, tag("app", "web"));
        List<ResourceId> all = ids(query);
        assertThat(all).hasSize(5).containsAll(made);
        assertThat(from(query, all, 0)).isEqualTo(all);
        assertThat(from(query, all, 3)).isEqualTo(all.subList(3, 5));

        List<ResourceId> followed = new ArrayList<>();
        Optional<Place> from = Optional.empty();
        for (int i = 0; i < 5; i++) {
            Optional<Place> place = from;
            Tagged next = rows(tables -> tables.tagged().list(query, place, 1)).getFirst();
            assertThat(place.map(Place::id)).isNotEqualTo(Optional.of(next.id().value()));
            followed.add(next.id());
            from = Optional.of(new Place(next.created(), next.id().value()));
            change(tables -> tables.images().delete((ImageId) next.id()));
        }
        assertThat(followed).isEqualTo(all);
    }

    /// What a list is that begins with the resource of this number.
    private List<ResourceId> from(Query query, List<ResourceId> all, int number) {
        Tagged first = list(query).get(number);
        assertThat(first.id()).isEqualTo(all.get(number));
        Place place = new Place(first.created(), first.id().value());
        return rows(tables -> tables.tagged().list(query, Optional.of(place), 10)).stream()
                .map(Tagged::id)
                .toList();
    }

    private static Census census(
            AccountId account, Optional<ResourceType> type, Optional<String> id, Wanted... tags) {
        return new Census(account, HANGZHOU, type, id, List.of(tags));
    }

    private List<Counted> count(Census census) {
        Page<Counted> page = catalog().read(tables -> tables.tagged().count(census, 0, 100));
        assertThat(page.total()).isEqualTo(page.items().size());
        return page.items();
    }

    @Test
    default void tagsAreCountedByWhatHasThem() {
        AccountId account = scenes().account();
        ImageId image = image(account, HANGZHOU, "app", "web", "zone", "b");
        image(account, HANGZHOU, "app", "db");
        image(account, SHANGHAI, "app", "web");
        image(scenes().account(), HANGZHOU, "app", "web");
        snapshot(account, HANGZHOU, "app", "web");
        Counted db = new Counted("app", "db", 1, 0);
        Counted zone = new Counted("zone", "b", 1, 0);
        Optional<ResourceType> any = Optional.empty();
        Optional<String> all = Optional.empty();

        assertThat(count(census(account, any, all)))
                .containsExactly(db, new Counted("app", "web", 1, 1), zone);
        assertThat(count(census(account, Optional.of(ResourceType.SNAPSHOT), all)))
                .containsExactly(new Counted("app", "web", 0, 1));
        assertThat(count(census(account, any, Optional.of(image.value()))))
                .containsExactly(new Counted("app", "web", 1, 0), zone);
        assertThat(count(census(account, any, all, tag("app", "db"), tag("zone"))))
                .containsExactly(db, zone);
    }

    @Test
    default void aPageOfCountedTagsTellsHowManyThereAre() {
        AccountId account = scenes().account();
        image(account, HANGZHOU, "a", "1", "b", "1", "c", "1");
        Census census = census(account, Optional.empty(), Optional.empty());
        assertThat(catalog().<Page<Counted>>read(tables -> tables.tagged().count(census, 1, 1)))
                .isEqualTo(new Page<>(List.of(new Counted("b", "1", 1, 0)), 3));
    }
}

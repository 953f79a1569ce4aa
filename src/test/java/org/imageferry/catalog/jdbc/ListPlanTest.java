package org.imageferry.catalog.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.catalog.CatalogScenes.HANGZHOU;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.CatalogScenes;
import org.imageferry.catalog.Images;
import org.imageferry.catalog.Snapshots;
import org.imageferry.catalog.Tables;
import org.imageferry.catalog.TaggedResources;
import org.imageferry.catalog.Tasks;
import org.imageferry.catalog.TestClock;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Image;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.ResourceType;
import org.imageferry.domain.SnapshotId;
import org.imageferry.domain.Tags;
import org.imageferry.domain.TaskId;
import org.imageferry.domain.Work;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Lists cost what they show, not what there is: pages are read in their order, and what can be looked
/// up is.
class ListPlanTest {
    private static final Set<Images.Status> AVAILABLE = Set.of(Images.Status.Available);
    private static final Set<ImageId> NO_IDS = Set.of();

    private final Catalog catalog = SqliteCatalog.inMemory(new TestClock(), new Random(1));
    private final CatalogScenes scenes = new CatalogScenes(catalog);
    private final AccountId account = scenes.account();

    @AfterEach
    void close() {
        catalog.close();
    }

    /// How the statements that `list` adds to those used so far are carried out.
    private List<String> plansOf(Consumer<Tables> list) {
        Plans plans = new Plans(catalog);
        Set<String> before = plans.statements();
        catalog.read(tables -> {
            list.accept(tables);
            return true;
        });
        Set<String> added = new HashSet<>(plans.statements());
        added.removeAll(before);
        return plans.steps(added).stream().map(Plans.Step::plan).toList();
    }

    private Images.Query images(
            Set<Images.Status> statuses,
            Set<ImageId> ids,
            Optional<String> name,
            Optional<SnapshotId> snapshot) {
        Images.Traits traits =
                name.map(Images.Traits::name)
                        .or(() -> snapshot.map(Images.Traits::snapshot))
                        .orElse(Images.Traits.ANY);
        return Images.Query.own(account, HANGZHOU).in(statuses).named(ids).with(traits);
    }

    private Snapshots.Query snapshots(Set<SnapshotId> ids) {
        return new Snapshots.Query(account, HANGZHOU, ids, Map.of(), Snapshots.Traits.ANY);
    }

    private Optional<Snapshots.Place> placeNow(Tables tables) {
        return Optional.of(new Snapshots.Place(tables.now(), scenes.snapshotId()));
    }

    private Snapshots.Query named(String name) {
        return snapshots(Set.of())
                .with(
                        new Snapshots.Traits(
                                Optional.of(name),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()));
    }

    private Tasks.Query tasks(
            Set<TaskId> ids, Set<Work.Action> actions, Set<Tasks.Status> statuses) {
        return new Tasks.Query(
                account,
                Optional.of(HANGZHOU),
                ids,
                actions,
                statuses,
                Set.of(),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void pagesAreReadInTheOrderOfAnIndexThatHasAllThatIsFiltered() {
        insertImage();
        assertInOrder(
                plansOf(t -> t.images().list(images(Set.of(), NO_IDS, none(), none()), 0, 10)),
                "image_created");
        assertInOrder(
                plansOf(t -> t.images().list(images(AVAILABLE, NO_IDS, none(), none()), 0, 10)),
                "image_created");
        assertInOrder(
                plansOf(t -> t.snapshots().list(snapshots(Set.of()), 0, 10)), "snapshot_created");
        assertInOrder(
                plansOf(t -> t.snapshots().list(snapshots(Set.of()), placeNow(t), 10)),
                "snapshot_created");
        assertInOrder(
                plansOf(t -> t.snapshots().list(named("golden"), Optional.empty(), 10)),
                "snapshot_name");
        Tasks.Query copies =
                tasks(Set.of(), Set.of(Work.Action.CopyImage), Set.of(Tasks.Status.Waiting));
        assertInOrder(plansOf(t -> t.tasks().list(copies, 0, 10)), "task_created");
    }

    @Test
    void ownImagesAreReadInOrderAlsoBetweenSharedOnes() {
        insertImage();
        shareOne();
        Images.Query both =
                images(AVAILABLE, NO_IDS, none(), none()).of(Images.Whose.OWN_AND_SHARED);
        assertMerged(plansOf(t -> t.images().list(both, 0, 1)), "image_created");
    }

    private void shareOne() {
        Image theirs = scenes.image(scenes.account(), HANGZHOU);
        catalog.write(tables -> {
            tables.shares().add(theirs, account);
            return theirs;
        });
    }

    /// Either list is read in its own order, so no further than the page.
    private static void assertMerged(List<String> plans, String index) {
        assertThat(plans)
                .anyMatch(plan -> plan.contains("MERGE (UNION ALL)"))
                .anyMatch(plan -> plan.contains("COVERING INDEX " + index))
                .anyMatch(plan -> plan.contains("image_share USING COVERING INDEX image_share_acc"))
                .doesNotContain("USE TEMP B-TREE FOR ORDER BY");
    }

    @Test
    void taggedImagesAreReadAlongTheTagAlsoBetweenSharedOnes() {
        insertImage();
        shareOne();
        Images.Query both = tagged(Map.of("app", "web")).of(Images.Whose.OWN_AND_SHARED);
        List<String> plans = plansOf(t -> t.images().list(both, 0, 1));
        assertMerged(plans, "image_tag_value (account=? AND region=? AND key=? AND value=?)");
        assertThat(plans)
                .anyMatch(plan -> plan.startsWith("SEARCH image_tag_count USING"))
                .noneMatch(plan -> plan.contains("image_created"));
    }

    /// However many are shared with the account.
    @Test
    void idsAreLookedUpAmongSharedImagesToo() {
        shareOne();
        Set<ImageId> ids = Set.of(scenes.imageId());
        Images.Query both = images(AVAILABLE, ids, none(), none()).of(Images.Whose.OWN_AND_SHARED);
        assertThat(plansOf(t -> t.images().list(both, 0, 1)))
                .anyMatch(plan ->
                        plan.matches("SEARCH s .*USING PRIMARY KEY .image=. AND account=.."))
                .contains("SEARCH image USING INDEX sqlite_autoindex_image_1 (id=?)")
                .noneMatch(plan -> plan.contains("image_created"));
    }

    /// And are counted without being read.
    @Test
    void imagesWithATagAreReadInTheOrderOfTheTagsIndex() {
        insertImage();
        List<String> plans = plansOf(t -> t.images().list(tagged(Map.of("app", "")), 0, 10));
        assertThat(plans)
                .anyMatch(plan -> plan.contains("COVERING INDEX image_tag_value"))
                .noneMatch(plan -> plan.matches("SEARCH image .*image_created.*"));
        Map<String, String> tag = Map.of("app", "web");
        plans = plansOf(t -> t.images().list(tagged(tag), 0, 10));
        assertInOrder(plans, "image_tag_value (account=? AND region=? AND key=? AND value=?)");
        assertThat(plans).anyMatch(plan -> plan.startsWith("SEARCH image_tag_count USING"));
    }

    private Images.Query tagged(Map<String, String> tags) {
        return Images.Query.own(account, HANGZHOU).in(AVAILABLE).tagged(tags);
    }

    /// There must be one, or no page is read at all.
    private void insertImage() {
        Image image = scenes.image(account, HANGZHOU);
        Tags tags = new Tags(Map.of("app", "web"));
        catalog.write(tables -> {
            tables.images().update(image.with(image.attributes().with(tags)));
            return true;
        });
        scenes.copy(image, HANGZHOU);
    }

    private static void assertInOrder(List<String> plans, String index) {
        assertThat(plans)
                .anyMatch(plan -> plan.contains("COVERING INDEX " + index))
                .doesNotContain("USE TEMP B-TREE FOR ORDER BY");
    }

    private static <T> Optional<T> none() {
        return Optional.empty();
    }

    @Test
    void idsNamesAndSnapshotsAreLookedUp() {
        insertImage();
        Set<ImageId> ids = Set.of(scenes.imageId());
        assertLookedUp(
                plansOf(t -> t.images().list(images(AVAILABLE, ids, none(), none()), 0, 10)),
                "image USING INDEX sqlite_autoindex_image_1 (id=?)");
        assertLookedUp(
                plansOf(t ->
                        t.images()
                                .list(
                                        images(AVAILABLE, NO_IDS, Optional.of("golden"), none()),
                                        0,
                                        10)),
                "image USING INDEX image_any_name (account=? AND region=? AND name=?)");
        assertLookedUp(
                plansOf(t ->
                        t.images()
                                .list(
                                        images(
                                                AVAILABLE,
                                                NO_IDS,
                                                none(),
                                                Optional.of(scenes.snapshotId())),
                                        0,
                                        10)),
                "image USING INDEX sqlite_autoindex_image_1 (id=?)");
        assertLookedUp(
                plansOf(t -> t.snapshots().list(snapshots(Set.of(scenes.snapshotId())), 0, 10)),
                "snapshot USING INDEX sqlite_autoindex_snapshot_1 (id=?)");
        Tasks.Query task = tasks(Set.of(scenes.taskId()), Set.of(), Set.of());
        assertLookedUp(
                plansOf(t -> t.tasks().list(task, 0, 10)),
                "task USING INDEX sqlite_autoindex_task_1 (id=?)");
    }

    private static void assertLookedUp(List<String> plans, String search) {
        assertThat(plans)
                .contains("SEARCH " + search)
                .noneMatch(plan -> plan.matches(".*(image|snapshot|task)_created.*"));
    }

    private TaggedResources.Query tagged(Set<String> ids, TaggedResources.Wanted... tags) {
        return new TaggedResources.Query(account, HANGZHOU, ResourceType.IMAGE, ids, List.of(tags));
    }

    private static TaggedResources.Match exactly(String text) {
        return new TaggedResources.Match.Exactly(text);
    }

    @Test
    void resourcesOfATagAreReadInTheOrderOfItsIndex() {
        TaggedResources.Wanted tag =
                new TaggedResources.Wanted(exactly("app"), List.of(exactly("web")));
        TaggedResources.Wanted other = new TaggedResources.Wanted(exactly("zone"), List.of());
        TaggedResources.Place place =
                new TaggedResources.Place(Instant.EPOCH, scenes.imageId().value());

        List<String> plans =
                plansOf(t -> t.tagged().list(tagged(Set.of(), tag, other), Optional.of(place), 10));

        assertThat(plans)
                .contains(
                        "SEARCH tag USING COVERING INDEX image_tag_value"
                                + " (account=? AND region=? AND key=? AND value=? AND created<?)",
                        "SEARCH image_tag EXISTS USING PRIMARY KEY (image=? AND key=?)")
                .doesNotContain("USE TEMP B-TREE FOR ORDER BY", "USE TEMP B-TREE FOR DISTINCT");
    }

    @Test
    void tagsOfGivenResourcesAreLookedUp() {
        Set<String> ids = Set.of(scenes.imageId().value());
        assertThat(plansOf(t -> t.tagged().list(tagged(ids), Optional.empty(), 10)))
                .contains("SEARCH tag USING PRIMARY KEY (image=?)");
        TaggedResources.Census census =
                new TaggedResources.Census(
                        account,
                        HANGZHOU,
                        Optional.of(ResourceType.IMAGE),
                        Optional.of(scenes.imageId().value()),
                        List.of());
        assertThat(plansOf(t -> t.tagged().count(census, 0, 10)))
                .contains("SEARCH image_tag USING PRIMARY KEY (image=?)");
    }
}

package org.imageferry.catalog.jdbc;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.imageferry.catalog.AccessKeys;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.CatalogScenes;
import org.imageferry.catalog.Claims;
import org.imageferry.catalog.Compaction;
import org.imageferry.catalog.Images;
import org.imageferry.catalog.Nodes;
import org.imageferry.catalog.Outbox;
import org.imageferry.catalog.Parts;
import org.imageferry.catalog.Snapshots;
import org.imageferry.catalog.StoredObjects;
import org.imageferry.catalog.Tables;
import org.imageferry.catalog.TaggedResources;
import org.imageferry.catalog.Tasks;
import org.imageferry.catalog.TestClock;
import org.imageferry.catalog.Tokens;
import org.imageferry.domain.AccessKey;
import org.imageferry.domain.AccessKeyId;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.AccountName;
import org.imageferry.domain.Digest;
import org.imageferry.domain.Image;
import org.imageferry.domain.ImageFamily;
import org.imageferry.domain.ImageState;
import org.imageferry.domain.ObjectId;
import org.imageferry.domain.PolicyName;
import org.imageferry.domain.ResourceGroupId;
import org.imageferry.domain.ResourceType;
import org.imageferry.domain.Scope;
import org.imageferry.domain.SnapshotId;
import org.imageferry.domain.Task;
import org.imageferry.domain.TaskId;
import org.imageferry.domain.User;
import org.imageferry.domain.UserId;
import org.imageferry.domain.UserName;
import org.imageferry.domain.UserPolicy;
import org.imageferry.domain.Work;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Runs every operation, then asks SQLite how it would carry out each statement that was used.
class QueryPlanTest {
    /// Accounts, regions, webhooks and what administrators publish; `first` holds an account's first waiting task,
    /// `needs` no more than is counted; `counted` and `used` are tags that were looked up,
    /// `listed` the values of a parameter, the first of which is `CONSTANT`.
    private static final Pattern FEW_ROWS =
            Pattern.compile(
                    "account|region|installation|node|webhook|image_market|first|needs|counted|used|listed|CONSTANT");

    private static final Pattern SCAN = Pattern.compile("SCAN (\\w+).*");
    private static final Optional<Instant> NOW = Optional.of(Instant.EPOCH);

    private final Catalog catalog = SqliteCatalog.inMemory(new TestClock(), new Random(1));
    private final CatalogScenes scenes = new CatalogScenes(catalog);
    private final AccountId account = scenes.account();
    private final Scope scope = new Scope(account, HANGZHOU);
    private final Image image = scenes.image(account, HANGZHOU);
    private final Image theirs = scenes.image(scenes.account(), HANGZHOU);
    private final SnapshotId snapshot = CatalogScenes.disk(image, 0);

    @BeforeEach
    void useEveryStatement() {
        Task copy = scenes.start(scenes.copy(image, SHANGHAI), 0);
        Task verification = scenes.task(image, HANGZHOU, new Work.VerifyImages(Optional.empty()));
        ObjectId segment = scenes.segment(scope);
        List<Digest> names = scenes.digests(2);
        catalog.write(tables -> {
            useRegionsAndTokens(tables);
            useImages(tables);
            useTags(tables);
            useTasks(tables);
            useClaims(tables, copy);
            useParts(tables, copy);
            tables.index().add(scope, segment, names);
            tables.index().find(scope, names);
            useCompaction(tables, tables.parts().of(snapshot, 0).orElseThrow(), segment);
            useObjects(tables, segment);
            EventStatements.use(tables, verification);
            return true;
        });
        scenes.end(copy);
    }

    private void useRegionsAndTokens(Tables tables) {
        tables.accounts().all();
        useAccounts(tables);
        tables.regions().all();
        tables.regions().installation();
        tables.regions().generation(HANGZHOU);
        tables.regions().setGeneration(HANGZHOU, 1);
        tables.regions().served(SHANGHAI, Work.Action.CopyImage, account, 1);
        tables.outbox().add(HANGZHOU, "m-1", "{}");
        List<Outbox.Entry> pending = tables.outbox().pending(HANGZHOU, 5);
        tables.outbox().written(HANGZHOU, pending.getFirst().sequence());
        tables.outbox().isOvertaken(pending.getFirst());
        tables.outbox().last(HANGZHOU);
        useNodes(tables);
        Tokens.Answer answer = new Tokens.Answer(scenes.digest(), "m-1");
        tables.tokens().spend("LTAI", "nonce", tables.now());
        tables.tokens().remember(account, "CopyImage", "token", answer, tables.now());
        tables.tokens().answer(account, "CopyImage", "token");
        tables.tokens().expire();
    }

    private static void useNodes(Tables tables) {
        tables.nodes().join("n1", "host", "1", Duration.ofSeconds(5));
        tables.nodes().beat("n1");
        tables.nodes().find("n1");
        tables.nodes().drain("n1", true);
        tables.nodes().held(10);
        tables.nodes().take(HANGZHOU, Nodes.Duty.SCRUB, "n1", Duration.ofMinutes(1));
        tables.nodes().has(HANGZHOU, Nodes.Duty.SCRUB, "n1", Duration.ofMinutes(1));
        tables.nodes().all();
        tables.nodes().leave("n1");
    }

    private void useAccounts(Tables tables) {
        UserId user = new UserId("200000000000000001");
        AccessKeyId key = new AccessKeyId("LTAI");
        PolicyName policy = new PolicyName("all");
        tables.accounts().find(new AccountName("first"));
        tables.accounts().find(account).ifPresent(tables.accounts()::update);
        tables.accounts().holdsAnything(account);
        tables.accounts().quotas(account);
        tables.users().add(new User(user, account, new UserName("eve"), tables.now()));
        tables.users().find(account, new UserName("eve"));
        tables.users().list(account, 0, 10);
        tables.users().put(new UserPolicy(user, policy, "{}", tables.now()));
        tables.users().policies(user);
        tables.accessKeys()
                .add(
                        new AccessKeys.Kept(
                                new AccessKey(key, account, Optional.of(user), true, tables.now()),
                                "wrapped"));
        tables.accessKeys()
                .find(key)
                .map(AccessKeys.Kept::key)
                .ifPresent(tables.accessKeys()::update);
        tables.accessKeys().of(account);
        tables.accessKeys().delete(key);
        tables.users().deletePolicy(user, policy);
        tables.users().find(user).map(User::id).ifPresent(tables.users()::delete);
    }

    private void useImages(Tables tables) {
        tables.images().update(image.with(new ImageState.Available()));
        tables.images().nameTaken(account, HANGZHOU, image.name());
        tables.images().failedBefore(Instant.EPOCH, 5);
        tables.images().count(account, HANGZHOU);
        tables.images().newestOf(account, HANGZHOU, new ImageFamily("family"));
        tables.images().copiesOf(image.id(), account, 5);
        useShares(tables);
        tables.encryption().keysOf(image.id());
        tables.images().delete(scenes.imageId());
        for (Images.Query query : imageQueries()) {
            tables.images().list(query, 0, 10);
            tables.images().list(query, 1, 1);
        }
        tables.images().disk(scenes.snapshotId());
        tables.images().madeOf(scenes.snapshotId(), 5);
        tables.snapshots().delete(scenes.snapshotId());
        tables.snapshots().wasDeleted(scenes.snapshotId(), account);
        tables.snapshots().forgetDeleted(Instant.EPOCH, 5);
        tables.snapshots().expired(HANGZHOU, tables.now(), 5);
        tables.snapshots().count(account, HANGZHOU);
        for (Snapshots.Query query : snapshotQueries()) {
            tables.snapshots().list(query, 0, 10);
        }
    }

    private void useTags(Tables tables) {
        TaggedResources.Wanted tag =
                new TaggedResources.Wanted(
                        new TaggedResources.Match.Like("app*"),
                        List.of(new TaggedResources.Match.Exactly("web")));
        TaggedResources.Place place = new TaggedResources.Place(Instant.EPOCH, "");
        for (ResourceType type : ResourceType.values()) {
            TaggedResources.Query query =
                    new TaggedResources.Query(account, HANGZHOU, type, Set.of(), List.of(tag, tag));
            tables.tagged().list(query, Optional.empty(), 5);
            tables.tagged().list(query, Optional.of(place), 5);
        }
        for (Optional<String> id : List.of(Optional.<String>empty(), Optional.of("m-1"))) {
            TaggedResources.Census census =
                    new TaggedResources.Census(
                            account, HANGZHOU, Optional.empty(), id, List.of(tag));
            tables.tagged().count(census, 0, 5);
        }
        ResourceGroupId group = new ResourceGroupId("rg-aaaaa");
        tables.groups().find(group);
        tables.groups().list(account, 0, 5);
        tables.groups().delete(group);
    }

    private void useShares(Tables tables) {
        tables.shares().add(theirs, account);
        tables.shares().isShared(theirs.id(), account);
        tables.shares().sharedOf(List.of(theirs.id()));
        tables.shares().accounts(theirs.id(), 0, 5);
        tables.shares().sharedImages(theirs.account(), HANGZHOU);
        tables.shares().publish(theirs.id(), Set.of(SHANGHAI));
        tables.shares().published(theirs.id());
        tables.shares().publishedOf(List.of(theirs.id()));
        tables.shares().remove(theirs.id(), theirs.account());
    }

    private List<Images.Query> imageQueries() {
        Images.Query all = Images.Query.own(account, HANGZHOU);
        Images.Query available = all.in(Set.of(Images.Status.Available));
        List<Images.Query> queries =
                new ArrayList<>(
                        List.of(
                                all,
                                available,
                                available.named(Set.of(image.id())),
                                available.with(Images.Traits.name(image.name().value())),
                                available
                                        .tagged(Map.of("app", "web", "zone", ""))
                                        .with(everyTrait())));
        for (Images.Whose whose : Images.Whose.values()) {
            queries.add(available.of(whose));
            queries.add(available.of(whose).named(Set.of(image.id())));
        }
        return queries;
    }

    private Images.Traits everyTrait() {
        return new Images.Traits(
                Optional.of("golden*"),
                Optional.of("family"),
                Optional.of(ResourceGroupId.standard(account)),
                Optional.of(account),
                Optional.of(snapshot),
                Optional.of("linux"),
                Optional.of("x86_64"),
                NOW,
                NOW);
    }

    private List<Snapshots.Query> snapshotQueries() {
        return List.of(
                Snapshots.Query.of(account, HANGZHOU),
                new Snapshots.Query(
                        account,
                        HANGZHOU,
                        Set.of(snapshot),
                        Map.of("app", "", "zone", "b"),
                        snapshotTraits("golden-*", false)),
                Snapshots.Query.of(account, HANGZHOU).with(snapshotTraits("golden", true)));
    }

    private Snapshots.Traits snapshotTraits(String name, boolean yes) {
        return new Snapshots.Traits(
                Optional.of(name),
                Optional.of(yes),
                Optional.of(yes),
                Optional.of(yes),
                Optional.of(ResourceGroupId.standard(account)),
                NOW,
                NOW);
    }

    private void useTasks(Tables tables) {
        Tasks tasks = tables.tasks();
        tasks.bringing(image.id());
        tasks.reading(image.id());
        tasks.copying(account, image.id(), SHANGHAI);
        tasks.copying(snapshot, SHANGHAI);
        tasks.bringing(snapshot);
        tasks.slots(SHANGHAI, Work.Action.CopyImage);
        tasks.next(SHANGHAI, Work.Action.CopyImage);
        tasks.queue(SHANGHAI, 5);
        tasks.loads();
        tasks.open(account, SHANGHAI);
        tables.openings().of(List.of(SHANGHAI, HANGZHOU), "n1");
        tasks.running(5);
        tasks.ended(Instant.EPOCH, 5);
        tasks.running(SHANGHAI, Work.Action.CopyImage);
        tasks.stalled(SHANGHAI, Instant.EPOCH);
        tasks.forget(Instant.EPOCH, 5);
        tasks.list(taskQuery(Set.of(), Optional.empty()), 0, 10);
        tasks.list(taskQuery(Set.of(scenes.taskId()), NOW), 0, 10);
    }

    private Tasks.Query taskQuery(Set<TaskId> ids, Optional<Instant> created) {
        return new Tasks.Query(
                account,
                created.map(_ -> HANGZHOU),
                ids,
                Set.of(Work.Action.CopyImage),
                Set.of(Tasks.Status.Waiting),
                ids.isEmpty() ? Set.of() : Set.of(image.id().value()),
                created,
                created);
    }

    private void useClaims(Tables tables, Task copy) {
        Claims claims = tables.claims();
        Instant until = tables.now().plusSeconds(60);
        claims.offer(
                copy.id(),
                CatalogScenes.disk(tables.images().find(copy.itsImage()).orElseThrow(), 0),
                Stream.of(0, 1)
                        .map(i -> new Claims.Offer(i, Optional.of(scenes.digest()), 100))
                        .toList());
        claims.claimTask(copy.id(), "n1", until);
        claims.expire("n1");
        claims.expire();
        long first = claims.claimPart(copy.id(), "n1", until).orElseThrow().claim();
        claims.holds(first);
        claims.renew(first, until, 10);
        claims.giveBack(first, tables.now(), true);
        claims.done(claims.claimPart(copy.id(), "n1", until).orElseThrow().claim());
        claims.allDone(copy.id());
        claims.unfinishedBytes(copy.id());
    }

    private void useParts(Tables tables, Task copy) {
        Parts.Part part = tables.parts().of(snapshot, 0).orElseThrow();
        tables.parts().find(scope, part.digest());
        tables.parts().of(snapshot);
        tables.parts().attachKnown(copy.id(), scope, 0, 5);
        tables.parts().nearest(scope, 0, 1);
        tables.parts().needs(part);
        tables.parts().stored(image.id(), 5);
        tables.parts().stored(image.id(), 500);
        tables.parts().removeUnattached(HANGZHOU, 5);
    }

    private void useCompaction(Tables tables, Parts.Part part, ObjectId segment) {
        Compaction compaction = tables.compaction();
        compaction.suspects(HANGZHOU, 0, 5);
        compaction.users(segment, 5);
        compaction.examined(segment, 1);
        compaction.moved(scope, segment, List.of(scenes.digest()), List.of(segment));
        compaction.needInstead(part, Set.of(segment), Set.of(segment));
        compaction.dead(HANGZHOU);
    }

    private void useObjects(Tables tables, ObjectId segment) {
        StoredObjects objects = tables.objects();
        objects.find(segment);
        objects.condemn(HANGZHOU, 5);
        objects.condemned(HANGZHOU, Instant.EPOCH, 5);
        objects.unwritten(HANGZHOU, Instant.EPOCH, 5);
        objects.unknown(HANGZHOU, List.of(segment));
        objects.live(HANGZHOU, Optional.empty(), 5);
        objects.usage(HANGZHOU);
        objects.storedBytes(scope.account(), HANGZHOU);
        objects.remove(segment);
    }

    @AfterEach
    void close() {
        catalog.close();
    }

    @Test
    void noStatementLooksAtAllRowsOfALargeTable() {
        Plans plans = new Plans(catalog);
        List<Plans.Step> steps = plans.steps(plans.statements());
        assertThat(steps).hasSizeGreaterThan(100);
        assertThat(steps.stream().filter(QueryPlanTest::scansMuch)).isEmpty();
    }

    private static boolean scansMuch(Plans.Step step) {
        Matcher scan = SCAN.matcher(step.plan());
        return scan.matches()
                && !FEW_ROWS.matcher(scan.group(1)).matches()
                && !step.plan().contains("VIRTUAL TABLE") // the members of a parameter
                && !step.statement().startsWith("insert into scope"); // for deferred checks alone
    }
}

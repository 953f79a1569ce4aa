package org.imageferry.ecs.action;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.server.Handler;
import org.imageferry.access.AccountIds;
import org.imageferry.access.CatalogKeys;
import org.imageferry.access.Secret;
import org.imageferry.catalog.AccessKeys;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.CatalogScenes;
import org.imageferry.catalog.Tables;
import org.imageferry.catalog.jdbc.SqliteCatalog;
import org.imageferry.console.ConsoleHandler;
import org.imageferry.console.Desks;
import org.imageferry.console.TestSeal;
import org.imageferry.copy.Collected;
import org.imageferry.copy.Ids;
import org.imageferry.copy.Region;
import org.imageferry.copy.RegionHealth;
import org.imageferry.copy.RegionMap;
import org.imageferry.copy.TestKeys;
import org.imageferry.domain.AccessKey;
import org.imageferry.domain.AccessKeyId;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Digest;
import org.imageferry.domain.Disk;
import org.imageferry.domain.Image;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.ImageState;
import org.imageferry.domain.ObjectKey;
import org.imageferry.domain.Origin;
import org.imageferry.domain.Platform;
import org.imageferry.domain.PolicyName;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Snapshot;
import org.imageferry.domain.Tags;
import org.imageferry.domain.Task;
import org.imageferry.domain.TaskId;
import org.imageferry.domain.User;
import org.imageferry.domain.UserId;
import org.imageferry.domain.UserName;
import org.imageferry.domain.UserPolicy;
import org.imageferry.domain.Work;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.CallWatch;
import org.imageferry.ecs.Desk;
import org.imageferry.ecs.EcsHandler;
import org.imageferry.ecs.EdgeScene;
import org.imageferry.ecs.RawHttp;
import org.imageferry.ecs.Sender;
import org.imageferry.ecs.SettableClock;
import org.imageferry.ecs.bucket.BucketDesk;
import org.imageferry.ecs.bucket.BucketHandler;
import org.imageferry.events.EventFeed;
import org.imageferry.events.TestHints;
import org.imageferry.events.TestOutside;
import org.imageferry.events.WebhookRequests;
import org.imageferry.kms.MasterKey;
import org.imageferry.kms.MemoryMasterKey;
import org.imageferry.store.Bucket;
import org.imageferry.store.Buckets;
import org.imageferry.store.MemoryBuckets;
import org.imageferry.store.MemoryRegionStore;
import org.imageferry.store.StoreException;
import org.imageferry.store.Upload;
import tools.jackson.databind.JsonNode;

/// A server with all actions over a real catalog in memory and two regions, Hangzhou and Shanghai.
/// Nothing runs by itself: a test starts and ends tasks as it likes.
public final class ActionScene implements AutoCloseable {
    public static final String HANGZHOU = "cn-hangzhou";
    public static final String SHANGHAI = "cn-shanghai";
    public static final long GIB = 1L << 30;

    private static final long MOST_IMAGE_BYTES = 100 * GIB;
    private static final Digest DIGEST = new Digest(1, 2, 3, 4);

    public final MemoryBuckets buckets = new MemoryBuckets();
    public final TestHints hints = new TestHints();
    public final List<String> collected = new ArrayList<>();
    private final List<Action> actions = new ArrayList<>();
    private final Queue<Runnable> beats = new ConcurrentLinkedQueue<>();
    private final AccountIds accountIds = new AccountIds(new Random(3));
    private final Map<String, RegionHealth> health = new LinkedHashMap<>();
    private final Ids ids = new Ids(new Random(7));
    private final SettableClock clock = new SettableClock(EdgeScene.NOW);
    private final Catalog catalog = SqliteCatalog.inMemory(clock, new Random(1));
    private final MasterKey master = new MemoryMasterKey();
    public final TestKeys keys = new TestKeys(catalog, new Random(5));
    private final EdgeScene edge =
            new EdgeScene(clock, new CatalogKeys(catalog, master), this::handlers);

    public ActionScene() {
        write(tables -> {
            CatalogScenes.add(tables, EdgeScene.ACCOUNT, "first");
            tables.accounts()
                    .find(EdgeScene.ACCOUNT)
                    .map(account -> account.withAdministrator(true))
                    .ifPresent(tables.accounts()::update);
            CatalogScenes.add(tables, EdgeScene.OTHER, "second");
            addKey(tables, EdgeScene.ACCOUNT, Optional.empty(), "testid", "testsecret");
            addKey(tables, EdgeScene.OTHER, Optional.empty(), "other", "othersecret");
            tables.regions().ensure(new RegionId(HANGZHOU));
            tables.regions().ensure(new RegionId(SHANGHAI));
        });
    }

    private void addKey(
            Tables tables, AccountId account, Optional<UserId> user, String id, String secret) {
        AccessKeyId key = new AccessKeyId(id);
        tables.accessKeys()
                .add(
                        new AccessKeys.Kept(
                                new AccessKey(key, account, user, true, tables.now()),
                                CatalogKeys.wrap(master, key, new Secret(secret))));
    }

    private List<Handler> handlers(EdgeScene.Parts parts) {
        RegionMap regions = new RegionMap(List.of(region(HANGZHOU), region(SHANGHAI)));
        Engine engine =
                SceneEngine.of(
                        catalog,
                        regions,
                        keys,
                        ids,
                        buckets,
                        master,
                        new EventFeed(catalog, hints, clock),
                        new WebhookRequests(
                                catalog, master, TestOutside.anywhere(clock), new Random(9)),
                        this::collect);
        actions.addAll(EcsActions.all(engine));
        Desk desk = new Desk(parts.replays(), parts.gate(), EcsActions.of(engine));
        BucketDesk bucketDesk = new BucketDesk(parts.gate(), regions, buckets);
        return List.of(
                new ConsoleHandler(
                        new Desks(desk, bucketDesk, parts.edge(), CallWatch.NONE),
                        new CatalogKeys(catalog, master),
                        new TestSeal(master),
                        false,
                        this::beat,
                        () -> UUID.randomUUID().toString(),
                        clock),
                new EcsHandler(parts.edge(), parts.authentication(), desk),
                new BucketHandler(
                        parts.edge(), parts.authentication(), parts.replays(), bucketDesk));
    }

    /// What happens while feeds of the console rest, one thing each time; after the last they end.
    public void between(List<Runnable> happenings) {
        beats.addAll(happenings);
    }

    private boolean beat(Duration time) {
        Optional<Runnable> next = Optional.ofNullable(beats.poll());
        pass(time);
        next.ifPresent(Runnable::run);
        return next.isPresent();
    }

    public int port() {
        return edge.port();
    }

    /// Who may ask for an action.
    public Optional<Action.Audience> audience(String action) {
        return actions.stream()
                .filter(it -> it.name().equals(action))
                .map(Action::audience)
                .findFirst();
    }

    private Region region(String id) {
        RegionHealth itsHealth = health.computeIfAbsent(id, _ -> new RegionHealth());
        return new Region(
                new RegionId(id),
                "Region " + id,
                new MemoryRegionStore(),
                Map.of(Work.Action.CopyImage, 1),
                MOST_IMAGE_BYTES,
                itsHealth);
    }

    private Collected collect(RegionId region, boolean now) {
        collected.add(region + (now ? " now" : ""));
        return new Collected(4, 3, 2, 1, 6, 5, false);
    }

    public void breakDown(String region, String reason) {
        RegionHealth itsHealth = health.get(region);
        if (itsHealth == null) {
            throw new AssertionError("there is no " + region);
        }
        itsHealth.broken(reason);
    }

    public List<String> actionNames() {
        return actions.stream().map(Action::name).toList();
    }

    public List<Action> actions() {
        return List.copyOf(actions);
    }

    /// A new user of an account, with an access key and these policy documents.
    public Sender user(AccountId account, String name, String... policies) {
        UserId id = new UserId("20" + accountIds.account());
        String key = "key-of-" + name;
        write(tables -> {
            tables.users().add(new User(id, account, new UserName(name), tables.now()));
            addKey(tables, account, Optional.of(id), key, "secret of " + name);
            for (String policy : policies) {
                PolicyName policyName = new PolicyName("p" + policy.hashCode());
                tables.users().put(new UserPolicy(id, policyName, policy, tables.now()));
            }
        });
        return client().as(key, "secret of " + name);
    }

    public Sender client() {
        return edge.client();
    }

    public void pass(Duration time) {
        edge.pass(time);
    }

    public void set(Instant time) {
        edge.set(time);
    }

    /// The first account asks ECS; it must succeed.
    public JsonNode call(String action, String... parameters) {
        RawHttp.Reply reply = ask(action, parameters);
        if (reply.status() != 200) {
            throw new AssertionError(action + " was answered " + reply.text());
        }
        return reply.json();
    }

    public RawHttp.Reply ask(String action, String... parameters) {
        return client().acs3(Api.ECS.version(), action, parameters);
    }

    /// The first account asks for an action of ours; it must succeed.
    public JsonNode own(String action, String... parameters) {
        RawHttp.Reply reply = client().acs3(Api.FERRY.version(), action, parameters);
        if (reply.status() != 200) {
            throw new AssertionError(action + " was answered " + reply.text());
        }
        return reply.json();
    }

    public RawHttp.Reply askAsOther(String action, String... parameters) {
        return client().as("other", "othersecret").acs3(Api.ECS.version(), action, parameters);
    }

    public void write(Consumer<Tables> work) {
        catalog.write(tables -> {
            work.accept(tables);
            return true;
        });
    }

    /// An available image of the first account in Hangzhou, with a system disk of 2 GiB and a bit.
    public ImageId image(String name) {
        return image(EdgeScene.ACCOUNT, name, Tags.NONE, 2 * GIB + 1);
    }

    public ImageId image(AccountId account, String name, Tags tags, long... disks) {
        return image(account, new RegionId(HANGZHOU), name, Platform.DEFAULT, tags, disks);
    }

    public ImageId image(
            AccountId account,
            RegionId region,
            String name,
            Platform platform,
            Tags tags,
            long... disks) {
        ImageId id = ids.image();
        write(tables -> {
            Image blank =
                    new Image(
                            id,
                            account,
                            region,
                            CatalogScenes.attributes(account, name, platform, tags),
                            new ImageState.Available(),
                            tables.now(),
                            new Origin.Imported(),
                            List.of(),
                            0,
                            1);
            List<Disk> made = new ArrayList<>();
            for (long bytes : disks) {
                Snapshot snapshot =
                        Snapshot.imported(ids.snapshot(), blank, bytes, Optional.empty())
                                .with(DIGEST);
                tables.snapshots().insert(snapshot);
                made.add(new Disk(made.size(), bytes, snapshot.id()));
            }
            tables.images().insert(blank.with(made));
        });
        return id;
    }

    /// An object in the first account's bucket in Hangzhou.
    public void object(String key, byte[] content) {
        try {
            Upload upload = bucket().create(new ObjectKey(key), content.length);
            upload.put(0, ByteBuffer.wrap(content), DIGEST);
            upload.close();
        } catch (StoreException e) {
            throw new AssertionError(e);
        }
    }

    /// One that is nothing but a hole.
    public void object(String key, long length) {
        try {
            bucket().create(new ObjectKey(key), length).close();
        } catch (StoreException e) {
            throw new AssertionError(e);
        }
    }

    private Bucket bucket() {
        return buckets.add(EdgeScene.ACCOUNT, new RegionId(HANGZHOU), Buckets.DEFAULT);
    }

    /// Copies to Shanghai, which only enters it in the queue.
    public ImageId copyOf(ImageId source, String name) {
        JsonNode answer =
                call(
                        "CopyImage",
                        "RegionId",
                        HANGZHOU,
                        "ImageId",
                        source.value(),
                        "DestinationRegionId",
                        SHANGHAI,
                        "DestinationImageName",
                        name);
        return new ImageId(answer.path("ImageId").asString());
    }

    public TaskId taskOf(ImageId image) {
        return catalog.read(tables -> tables.tasks().bringing(image).orElseThrow().id());
    }

    public void change(TaskId id, UnaryOperator<Task> next) {
        write(tables -> tables.tasks().update(next.apply(tables.tasks().find(id).orElseThrow())));
    }

    public void change(ImageId id, ImageState next) {
        write(tables -> tables.images().update(tables.images().find(id).orElseThrow().with(next)));
    }

    public void accomplish(ImageId id) {
        write(tables -> {
            Image image = tables.images().find(id).orElseThrow();
            for (Disk disk : image.disks()) {
                Snapshot snapshot = tables.snapshots().find(disk.snapshot()).orElseThrow();
                tables.snapshots().update(snapshot.with(DIGEST));
            }
        });
    }

    public Optional<Image> find(ImageId id) {
        return catalog.read(tables -> tables.images().find(id));
    }

    public Instant now() {
        return clock.instant();
    }

    @Override
    public void close() {
        edge.close();
        catalog.close();
    }
}

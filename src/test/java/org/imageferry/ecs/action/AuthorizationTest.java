package org.imageferry.ecs.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.ecs.action.ActionScene.GIB;
import static org.imageferry.ecs.action.ActionScene.HANGZHOU;
import static org.imageferry.ecs.action.ActionScene.SHANGHAI;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.Tags;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.EdgeScene;
import org.imageferry.ecs.RawHttp;
import org.imageferry.ecs.Sender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What holds for every action that there is, by whatever policies. A new action may need its parameters
/// named here.
class AuthorizationTest {
    private static final String NEVER = "aaaaaaaaaaaaaaaaaaaa";
    private static final String NO_KEY = "aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa";
    private static final Set<String> FORBIDDEN = Set.of("Forbidden.RAM", "Forbbiden");

    /// Enough for each action to know what it is asked for.
    private static final Map<String, String> COMMON =
            Map.ofEntries(
                    Map.entry("RegionId", HANGZHOU),
                    Map.entry("DestinationRegionId", SHANGHAI),
                    Map.entry("ImageId", "m-" + NEVER),
                    Map.entry("SnapshotId", "s-" + NEVER),
                    Map.entry("TaskId", "t-" + NEVER),
                    Map.entry("OSSBucket", "images"),
                    Map.entry("DiskDeviceMapping.1.OSSBucket", "images"),
                    Map.entry("DiskDeviceMapping.1.OSSObject", "disk.raw"),
                    Map.entry("UserAccessKeyId", "LTAI"),
                    Map.entry("Url", "https://hooks.example/"),
                    Map.entry("WebhookId", "wh-" + NEVER),
                    Map.entry("ResourceId", "m-" + NEVER),
                    Map.entry("ResourceId.1", "m-" + NEVER),
                    Map.entry("Tag.1.Key", "key"),
                    Map.entry("Tag.1.Value", "value"),
                    Map.entry("TagKey.1", "key"),
                    Map.entry("DisplayName", "Group"),
                    Map.entry("Id", HANGZHOU),
                    Map.entry("DiskDeviceMapping.1.SnapshotId", "s-" + NEVER),
                    Map.entry("KeyId", NO_KEY),
                    Map.entry("PendingWindowInDays", "7"),
                    Map.entry("AliasName", "alias/never"),
                    Map.entry("ImageFamily", "golden"),
                    Map.entry("Region.1", SHANGHAI),
                    Map.entry("NodeName", "node-9"),
                    Map.entry("ServiceCode", "ecs"));

    private static final Map<String, String> IMAGES = Map.of("ResourceType", "image");
    private static final Map<String, String> GROUP =
            Map.of("ResourceType", "image", "ResourceGroupId", "rg-" + NEVER);
    private static final Map<String, String> USER = Map.of("UserName", "bob");
    private static final Map<String, String> POLICY =
            Map.of("UserName", "bob", "PolicyName", "p", "PolicyDocument", "{}");

    /// Where an action wants more.
    private static final Map<String, Map<String, String>> MORE =
            Map.ofEntries(
                    Map.entry("TagResources", IMAGES),
                    Map.entry("UntagResources", IMAGES),
                    Map.entry("ListTagResources", IMAGES),
                    Map.entry("AddTags", IMAGES),
                    Map.entry("RemoveTags", IMAGES),
                    Map.entry("ModifySnapshotAttribute", Map.of("SnapshotName", "named")),
                    Map.entry("SetSnapshotImageCreation", Map.of("Allowed", "true")),
                    Map.entry("JoinResourceGroup", GROUP),
                    Map.entry("GetResourceGroup", GROUP),
                    Map.entry("DeleteResourceGroup", GROUP),
                    Map.entry("CreateAccount", Map.of("AccountName", "third")),
                    Map.entry("ModifyAccount", Map.of("AccountId", "3333333333333333")),
                    Map.entry("DeleteAccount", Map.of("AccountId", "3333333333333333")),
                    Map.entry("ModifyAccessKey", Map.of("Status", "Active")),
                    Map.entry("DeleteUser", USER),
                    Map.entry("PutUserPolicy", POLICY),
                    Map.entry("DescribeUserPolicies", POLICY),
                    Map.entry("DeleteUserPolicy", POLICY));

    private final ActionScene scene = new ActionScene();
    private int asked;

    @AfterEach
    void stop() {
        scene.close();
    }

    private RawHttp.Reply ask(Sender sender, Action action, Map<String, String> others) {
        Map<String, String> all = new TreeMap<>(COMMON);
        all.putAll(MORE.getOrDefault(action.name(), Map.of()));
        asked++; // what is created has a new name each time
        all.put("Name", "group" + asked);
        if (action.name().equals("CreateUser")) {
            all.put("UserName", "new" + asked);
        }
        all.putAll(others);
        List<String> flat = new ArrayList<>();
        all.forEach((name, value) -> flat.addAll(List.of(name, value)));
        return sender.acs3(action.api().version(), action.name(), flat.toArray(String[]::new));
    }

    private static String allow(String action) {
        return policy("Allow", action);
    }

    private static String policy(String effect, String action) {
        return """
        {"Version":"1","Statement":[{"Effect":"%s","Action":"%s","Resource":"*"}]}\
        """
                .formatted(effect, action);
    }

    private static String right(Action action) {
        return action.api().product() + ":" + action.name();
    }

    private List<Action> decided() {
        return scene.actions().stream()
                .filter(action -> action.audience() != Action.Audience.EVERYBODY)
                .toList();
    }

    @Test
    void whoHasNoPolicyMayDoNothing() {
        Sender nobody = scene.user(EdgeScene.ACCOUNT, "nobody");
        for (Action action : decided()) {
            RawHttp.Reply reply = ask(nobody, action, Map.of());
            assertThat(reply.status()).as(action.name() + reply.text()).isEqualTo(403);
            assertThat(FORBIDDEN).as(reply.text()).contains(reply.code());
        }
    }

    @Test
    void whatAPolicyDeniesIsRefusedThoughAllIsAllowed() {
        int count = 0;
        for (Action action : decided()) {
            String name = "user" + ++count;
            Sender user =
                    scene.user(EdgeScene.ACCOUNT, name, allow("*"), policy("Deny", right(action)));
            RawHttp.Reply reply = ask(user, action, Map.of());
            assertThat(FORBIDDEN).as(action.name() + reply.text()).contains(reply.code());
        }
    }

    @Test
    void whatAPolicyAllowsMayBeDoneAndNothingElse() {
        int count = 0;
        for (Action action : decided()) {
            Sender user = scene.user(EdgeScene.ACCOUNT, "user" + ++count, allow(right(action)));
            RawHttp.Reply reply = ask(user, action, Map.of());
            String code = reply.status() == 200 ? "" : reply.code();
            assertThat(FORBIDDEN).as(action.name() + reply.text()).doesNotContain(code);
            Action other =
                    decided().stream()
                            .filter(it -> !it.name().equals(action.name()))
                            .findAny()
                            .orElseThrow();
            assertThat(FORBIDDEN).contains(ask(user, other, Map.of()).code());
        }
    }

    @Test
    void whoIsNoAdministratorMayDoNothingThatIsForThem() {
        Sender other = scene.client().as("other", "othersecret");
        List<Action> forThem =
                scene.actions().stream()
                        .filter(it -> it.audience() == Action.Audience.ADMINISTRATORS)
                        .toList();
        assertThat(forThem).isNotEmpty();
        for (Action action : forThem) {
            assertThat(ask(other, action, Map.of()).code())
                    .as(action.name())
                    .isEqualTo("Forbidden.RAM");
        }
    }

    @Test
    void someActionsAreForEverybody() {
        Sender nobody = scene.user(EdgeScene.ACCOUNT, "nobody", policy("Deny", "*"));
        assertThat(
                        scene.actions().stream()
                                .filter(it -> it.audience() == Action.Audience.EVERYBODY)
                                .map(action -> ask(nobody, action, Map.of()).status()))
                .isNotEmpty()
                .containsOnly(200);
    }

    /// What others have answers in every action like what never was: status, code and words, and lists
    /// that lack it.
    @Test
    void whatOthersHaveIsNotToBeToldFromWhatNeverWas() {
        ImageId image = scene.image(EdgeScene.ACCOUNT, "golden", Tags.NONE, GIB);
        ImageId copy = scene.copyOf(image, "copy");
        String snapshot = scene.find(image).orElseThrow().disks().getFirst().snapshot().value();
        String key =
                scene.client()
                        .acs3(Api.KMS.version(), "CreateKey", "RegionId", HANGZHOU)
                        .json()
                        .path("KeyMetadata")
                        .path("KeyId")
                        .asString();
        String webhook =
                scene.own("CreateWebhook", "Url", "https://hooks.example/theirs")
                        .path("Webhook")
                        .path("WebhookId")
                        .asString();
        Map<String, String> theirs =
                Map.of(
                        "WebhookId",
                        webhook,
                        "ImageId",
                        image.value(),
                        "SnapshotId",
                        snapshot,
                        "TaskId",
                        scene.taskOf(copy).value(),
                        "UserAccessKeyId",
                        "testid",
                        "KeyId",
                        key);
        Map<String, String> copys = new TreeMap<>(theirs);
        copys.put("ImageId", copy.value());
        copys.put("RegionId", SHANGHAI);
        Sender other = scene.client().as("other", "othersecret");
        for (Action action : scene.actions()) {
            assertThat(told(ask(other, action, theirs)))
                    .as(action.name())
                    .isEqualTo(told(ask(other, action, Map.of())));
            assertThat(told(ask(other, action, copys)))
                    .as(action.name())
                    .isEqualTo(told(ask(other, action, Map.of("RegionId", SHANGHAI))));
        }
    }

    /// An answer without what is of its own in each.
    private static String told(RawHttp.Reply reply) {
        return reply.status()
                + reply.text()
                        .replaceAll("\"RequestId\":\"[^\"]*\"", "")
                        .replaceAll(
                                "\"(AccessKeyId|AccessKeySecret|SecurityToken|Secret)\":\"[^\"]*\"",
                                "")
                        .replaceAll("([mst]|wh)-[a-z0-9]{20}|rg-[a-z0-9]{15}", "ID")
                        .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "KEY")
                        .replaceAll("group[0-9]+|new[0-9]+|[0-9]{18}", "NAME")
                        .replaceAll("No policy allows [^\"]*\"", "\"");
    }

    @Test
    void aRefusedCallerLearnsNothingAboutWhatThereIs() {
        ImageId image = scene.image("golden");
        Sender nobody = scene.user(EdgeScene.ACCOUNT, "nobody");
        RawHttp.Reply known = delete(nobody, image.value());
        RawHttp.Reply unknown = delete(nobody, "m-" + NEVER);

        assertThat(known.code()).isEqualTo("Forbidden.RAM");
        assertThat(told(known)).isEqualTo(told(unknown));
        assertThat(scene.find(image)).isPresent();
    }

    private static RawHttp.Reply delete(Sender sender, String image) {
        return sender.acs3(
                Api.ECS.version(), "DeleteImage", "RegionId", HANGZHOU, "ImageId", image);
    }

    @Test
    void aPolicyMayBeAboutSomeImagesOnly() {
        ImageId mine = scene.image("mine");
        ImageId other = scene.image("other");
        Sender user =
                scene.user(
                        EdgeScene.ACCOUNT,
                        "eve",
                        """
                        {"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:DeleteImage",
                        "Resource":"acs:ecs:cn-hangzhou:1111111111111111:image/%s"}]}\
                        """
                                .formatted(mine));
        assertThat(delete(user, mine.value()).status()).isEqualTo(200);
        assertThat(delete(user, other.value()).code()).isEqualTo("Forbidden.RAM");
        assertThat(scene.find(other)).isPresent();
    }

    @Test
    void aCopyHasItsOwnWordsForIt() {
        Sender nobody = scene.user(EdgeScene.ACCOUNT, "nobody");
        RawHttp.Reply reply =
                nobody.acs3(
                        Api.ECS.version(),
                        "CopyImage",
                        "RegionId",
                        HANGZHOU,
                        "ImageId",
                        "m-" + NEVER,
                        "DestinationRegionId",
                        SHANGHAI);
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.code()).isEqualTo("Forbbiden");
        assertThat(reply.message())
                .isEqualTo("User not authorized to operate on the specified resource.");
    }

    /// Both the image that is read and the region that gets the copy must be allowed.
    @Test
    void aCopyMustBeAllowedAtBothEnds() {
        ImageId image = scene.image("golden");
        Sender user =
                scene.user(
                        EdgeScene.ACCOUNT,
                        "eve",
                        """
                        {"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:CopyImage",
                        "Resource":"acs:ecs:cn-hangzhou:*:image/*"}]}\
                        """);
        assertThat(
                        user.acs3(
                                        Api.ECS.version(),
                                        "CopyImage",
                                        "RegionId",
                                        HANGZHOU,
                                        "ImageId",
                                        image.value(),
                                        "DestinationRegionId",
                                        SHANGHAI)
                                .code())
                .isEqualTo("Forbbiden");
    }
}

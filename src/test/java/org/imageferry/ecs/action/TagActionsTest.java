package org.imageferry.ecs.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.ecs.action.ActionScene.GIB;
import static org.imageferry.ecs.action.ActionScene.HANGZHOU;
import static org.imageferry.ecs.action.ActionScene.SHANGHAI;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.Tags;
import org.imageferry.ecs.EdgeScene;
import org.imageferry.ecs.RawHttp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// TagResources, UntagResources, AddTags and RemoveTags.
class TagActionsTest {
    private final ActionScene scene = new ActionScene();
    private final ImageId golden = scene.image("golden");
    private final ImageId silver = scene.image("silver");

    @AfterEach
    void stop() {
        scene.close();
    }

    private RawHttp.Reply ask(String action, String... more) {
        return scene.ask(
                action,
                Stream.concat(
                                Stream.of("RegionId", HANGZHOU, "ResourceType", "image"),
                                Stream.of(more))
                        .toArray(String[]::new));
    }

    private RawHttp.Reply tag(String... more) {
        return ask(
                "TagResources",
                Stream.concat(Stream.of("ResourceId.1", golden.value()), Stream.of(more))
                        .toArray(String[]::new));
    }

    private RawHttp.Reply untag(String... more) {
        return ask(
                "UntagResources",
                Stream.concat(Stream.of("ResourceId.1", golden.value()), Stream.of(more))
                        .toArray(String[]::new));
    }

    private Map<String, String> tags(ImageId image) {
        return scene.find(image).orElseThrow().tags().all();
    }

    private static void isRefused(RawHttp.Reply reply, int status, String code, String message) {
        assertThat(reply.code()).as(reply.text()).isEqualTo(code);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.message()).isEqualTo(message);
    }

    @Test
    void severalImagesGetTagsWhichReplaceThoseOfTheSameKeys() {
        tag("Tag.1.Key", "app", "Tag.1.Value", "web", "Tag.2.Key", "zone");

        RawHttp.Reply reply =
                tag("ResourceId.3", silver.value(), "Tag.1.Key", "app", "Tag.1.Value", "db");

        assertThat(reply.json().propertyNames()).containsExactly("RequestId");
        assertThat(tags(golden)).containsExactly(Map.entry("app", "db"), Map.entry("zone", ""));
        assertThat(tags(silver)).containsExactly(Map.entry("app", "db"));
    }

    @Test
    void snapshotsHaveTagsToo() {
        String snapshot = scene.find(golden).orElseThrow().disks().getFirst().snapshot().value();

        RawHttp.Reply reply =
                scene.ask(
                        "TagResources",
                        "RegionId",
                        HANGZHOU,
                        "ResourceType",
                        "snapshot",
                        "ResourceId.1",
                        snapshot,
                        "Tag.1.Key",
                        "app");

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        JsonNode listed =
                scene.call(
                        "ListTagResources",
                        "RegionId",
                        HANGZHOU,
                        "ResourceType",
                        "snapshot",
                        "ResourceId.1",
                        snapshot);
        assertThat(listed.path("TagResources").toString())
                .isEqualTo(
                        """
                        {"TagResource":[{"ResourceType":"snapshot","ResourceId":"%s",\
                        "TagKey":"app","TagValue":""}]}\
                        """
                                .formatted(snapshot));
    }

    @Test
    void aCopyThatWaitsCanBeTagged() {
        ImageId copy = scene.copyOf(golden, "copy");

        RawHttp.Reply reply =
                scene.ask(
                        "TagResources",
                        "RegionId",
                        SHANGHAI,
                        "ResourceType",
                        "image",
                        "ResourceId.1",
                        copy.value(),
                        "Tag.1.Key",
                        "app");

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(tags(copy)).containsOnlyKeys("app");
    }

    @Test
    void oneThatIsNotFoundKeepsAllFromBeingTagged() {
        String message = "The specified ResourceIds are not found in our records.";
        ImageId theirs = scene.image(EdgeScene.OTHER, "theirs", Tags.NONE, GIB);
        for (String id : List.of("m-1", theirs.value(), "m-" + "0".repeat(20), "i-bp1")) {
            isRefused(
                    tag("ResourceId.2", id, "Tag.1.Key", "app"),
                    404,
                    "InvalidResourceId.NotFound",
                    message);
        }
        RawHttp.Reply elsewhere =
                scene.ask(
                        "TagResources",
                        "RegionId",
                        SHANGHAI,
                        "ResourceType",
                        "image",
                        "ResourceId.1",
                        golden.value(),
                        "Tag.1.Key",
                        "app");
        isRefused(elsewhere, 404, "InvalidResourceId.NotFound", message);
        assertThat(tags(golden)).isEmpty();
        assertThat(tags(theirs)).isEmpty();
    }

    private static String[] tagged(int count, String prefix) {
        return IntStream.rangeClosed(1, count)
                .boxed()
                .flatMap(i -> Stream.of("Tag." + i + ".Key", prefix + i))
                .toArray(String[]::new);
    }

    @Test
    void aResourceHasTwentyTagsAtMost() {
        assertThat(tag(tagged(20, "a")).status()).isEqualTo(200);
        assertThat(tag(tagged(20, "a")).status()).isEqualTo(200);
        isRefused(
                tag("Tag.1.Key", "b"),
                400,
                "OperationDenied.QuotaExceed",
                "The quota of tags on resource is beyond permitted range.");
        isRefused(
                tag(tagged(21, "a")),
                400,
                "NumberExceed.Tags",
                "The Tags parameter's number is exceed , Valid : 20");
        assertThat(tags(golden)).hasSize(20);
    }

    @Test
    void fiftyResourcesAtMostAreTaggedAtOnce() {
        List<String> ids = new ArrayList<>();
        for (int i = 2; i <= 51; i++) {
            ids.addAll(List.of("ResourceId." + i, "m-" + i));
        }
        ids.addAll(List.of("Tag.1.Key", "app"));

        isRefused(
                tag(ids.toArray(String[]::new)),
                400,
                "NumberExceed.ResourceIds",
                "The ResourceIds parameter's number is exceed , Valid : 50");
    }

    @Test
    void whatIsMissingIsNamed() {
        isRefused(
                scene.ask("TagResources", "ResourceType", "image"),
                404,
                "MissingParameter.RegionId",
                "The parameter - RegionId should not be null");
        isRefused(
                scene.ask("TagResources", "RegionId", HANGZHOU, "ResourceId.1", golden.value()),
                404,
                "MissingParameter.ResourceType",
                "The parameter - ResourceType should not be null");
        isRefused(tag(), 404, "MissingParameter.Tags", "The parameter - Tags should not be null");
        isRefused(
                untag("All", "false"),
                404,
                "MissingParameter.Tags",
                "The parameter - Tags should not be null");
        assertThat(ask("TagResources", "Tag.1.Key", "app").code()).isEqualTo("MissingParameter");
    }

    @Test
    void aBadTagOrTypeIsRefused() {
        assertThat(tag("Tag.1.Key", "aliyun").code()).isEqualTo("InvalidTagKey.Malformed");
        assertThat(tag("Tag.1.Key", "app", "Tag.1.Value", "acs:x").code())
                .isEqualTo("InvalidTagValue.Malformed");
        assertThat(tag("Tag.1.Value", "web").code()).isEqualTo("InvalidTag.Mismatch");
        assertThat(tag("Tag.1.Key", "app", "Tag.2.Key", "app").code())
                .isEqualTo("Duplicate.TagKey");
        isRefused(
                scene.ask(
                        "TagResources",
                        "RegionId",
                        HANGZHOU,
                        "ResourceType",
                        "Image",
                        "ResourceId.1",
                        golden.value()),
                404,
                "InvalidResourceType.NotFound",
                "The ResourceType provided does not exist in our records.");
        assertThat(
                        scene.ask(
                                        "TagResources",
                                        "RegionId",
                                        HANGZHOU,
                                        "ResourceType",
                                        "instance",
                                        "ResourceId.1",
                                        "i-bp1")
                                .code())
                .isEqualTo("InvalidResourceId.NotFound");
        assertThat(
                        scene.ask(
                                        "TagResources",
                                        "RegionId",
                                        "cn-anywhere",
                                        "ResourceType",
                                        "image")
                                .code())
                .isEqualTo("InvalidRegionId.NotFound");
    }

    @Test
    void tagsAreTakenByTheirKeysOrAllOfThem() {
        tag("Tag.1.Key", "app", "Tag.2.Key", "zone", "Tag.3.Key", "os");

        assertThat(untag("TagKey.1", "app", "TagKey.2", "none", "All", "true").status())
                .isEqualTo(200);
        assertThat(tags(golden)).containsOnlyKeys("zone", "os");
        assertThat(untag("All", "true").status()).isEqualTo(200);
        assertThat(tags(golden)).isEmpty();
        String[] keys =
                IntStream.rangeClosed(1, 21)
                        .boxed()
                        .flatMap(i -> Stream.of("TagKey." + i, "a" + i))
                        .toArray(String[]::new);
        assertThat(untag(keys).code()).isEqualTo("NumberExceed.Tags");
    }

    @Test
    void theOlderActionsTakeOneResourceAndSmallLetters() {
        RawHttp.Reply added =
                ask(
                        "AddTags",
                        "ResourceId",
                        golden.value(),
                        "Tag.1.key",
                        "app",
                        "Tag.1.value",
                        "web",
                        "Tag.2.Key",
                        "zone");
        assertThat(added.status()).as(added.text()).isEqualTo(200);
        assertThat(tags(golden)).containsExactly(Map.entry("app", "web"), Map.entry("zone", ""));

        RawHttp.Reply removed =
                ask(
                        "RemoveTags",
                        "ResourceId",
                        golden.value(),
                        "Tag.1.key",
                        "app",
                        "Tag.1.value",
                        "db",
                        "Tag.2.Key",
                        "zone");
        assertThat(removed.status()).as(removed.text()).isEqualTo(200);
        assertThat(tags(golden)).containsExactly(Map.entry("app", "web"));
    }
}

package org.imageferry.ecs.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.ecs.action.ActionScene.GIB;
import static org.imageferry.ecs.action.ActionScene.HANGZHOU;
import static org.imageferry.ecs.action.ActionScene.SHANGHAI;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.Tags;
import org.imageferry.ecs.EdgeScene;
import org.imageferry.ecs.RawHttp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// ListTagResources and DescribeTags.
class ListTagsTest {
    private final ActionScene scene = new ActionScene();
    private final ImageId old = image("old", Map.of("app", "web", "environment", "product"));

    ListTagsTest() {
        image("young", Map.of("app", "db", "env", "product"));
    }

    private ImageId image(String name, Map<String, String> tags) {
        scene.pass(Duration.ofSeconds(1));
        return scene.image(EdgeScene.ACCOUNT, name, new Tags(tags), GIB);
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    private RawHttp.Reply ask(String action, String... more) {
        return scene.ask(
                action,
                Stream.concat(Stream.of("RegionId", HANGZHOU), Stream.of(more))
                        .toArray(String[]::new));
    }

    private JsonNode list(String... more) {
        String[] all =
                Stream.concat(Stream.of("ResourceType", "image"), Stream.of(more))
                        .toArray(String[]::new);
        RawHttp.Reply reply = ask("ListTagResources", all);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json();
    }

    private String refused(String... more) {
        String[] all =
                Stream.concat(Stream.of("ResourceType", "image"), Stream.of(more))
                        .toArray(String[]::new);
        return ask("ListTagResources", all).code();
    }

    /// The tags of an answer, as `name:key=value`.
    private List<String> tags(JsonNode answer) {
        List<String> tags = new ArrayList<>();
        answer.path("TagResources")
                .path("TagResource")
                .forEach(tag ->
                        tags.add(
                                scene.find(new ImageId(tag.path("ResourceId").asString()))
                                                .orElseThrow()
                                                .name()
                                        + ":"
                                        + tag.path("TagKey").asString()
                                        + "="
                                        + tag.path("TagValue").asString()));
        return tags;
    }

    @Test
    void allTagsOfTheNamedOnesAreListed() {
        JsonNode answer = list("ResourceId.1", old.value(), "ResourceId.7", "m-unknown");

        assertThat(answer.path("NextToken").asString()).isEmpty();
        assertThat(tags(answer)).containsExactly("old:app=web", "old:environment=product");
    }

    @Test
    void allTagsOfThoseThatHaveATagAreListed() {
        assertThat(tags(list("Tag.1.Key", "app")))
                .containsExactly(
                        "young:app=db",
                        "young:env=product",
                        "old:app=web",
                        "old:environment=product");
        assertThat(tags(list("Tag.1.Key", "app", "Tag.1.Value", "db")))
                .containsExactly("young:app=db", "young:env=product");
        assertThat(tags(list("Tag.1.Key", "app", "Tag.1.Value", "db", "Tag.2.Key", "os")))
                .isEmpty();
        assertThat(tags(list("Tag.1.Key", "app", "ResourceId.1", old.value())))
                .containsExactly("old:app=web", "old:environment=product");
    }

    @Test
    void filtersMayHaveStars() {
        assertThat(tags(list("TagFilter.1.TagKey", "envi*")))
                .containsExactly("old:app=web", "old:environment=product");
        assertThat(
                        tags(
                                list(
                                        "TagFilter.1.TagKey",
                                        "app",
                                        "TagFilter.1.TagValues.1",
                                        "we*",
                                        "TagFilter.1.TagValues.2",
                                        "mail",
                                        "TagFilter.2.TagKey",
                                        "*env*")))
                .containsExactly("old:app=web", "old:environment=product");
    }

    @Test
    void aListIsFollowedTagByTag() {
        List<String> followed = new ArrayList<>();
        String token = "";
        for (int page = 0; page < 4; page++) {
            JsonNode answer = list("Tag.1.Key", "app", "MaxResults", "1", "NextToken", token);
            assertThat(tags(answer)).hasSize(1);
            followed.addAll(tags(answer));
            token = answer.path("NextToken").asString();
            assertThat(token.isEmpty()).isEqualTo(page == 3);
        }
        assertThat(followed).isEqualTo(tags(list("Tag.1.Key", "app")));
    }

    @Test
    void whatIsAskedForMustBeSaid() {
        assertThat(refused()).isEqualTo("MissingParameter.Tags");
        assertThat(refused("Tag.1.Value", "web")).isEqualTo("InvalidParameter.TagValue");
        assertThat(refused("Tag.1.Key", "app", "TagFilter.1.TagKey", "app"))
                .isEqualTo("InvalidTag.Mismatch");
        assertThat(refused("TagFilter.1.TagKey", "a*", "TagFilter.1.TagValues.1", "b"))
                .isEqualTo("InvalidTag.Mismatch");
        assertThat(refused("TagFilter.1.TagValues.1", "b")).isEqualTo("InvalidTag.Mismatch");
        assertThat(refused("Tag.1.Key", "app", "NextToken", "2"))
                .isEqualTo("InvalidParameter.Format");
        assertThat(refused("Tag.1.Key", "app", "NextToken", "%%"))
                .isEqualTo("InvalidParameter.Format");
        assertThat(refused("Tag.1.Key", "app", "MaxResults", "0"))
                .isEqualTo("InvalidParameter.Format");
        assertThat(ask("ListTagResources", "Tag.1.Key", "app").code())
                .isEqualTo("MissingParameter.ResourceType");
    }

    @Test
    void ofWhatIsNotHereNothingIsListed() {
        assertThat(
                        ask("ListTagResources", "ResourceType", "instance", "ResourceId.1", "i-bp1")
                                .json()
                                .path("TagResources")
                                .toString())
                .isEqualTo("{\"TagResource\":[]}");
    }

    @Test
    void nobodySeesTheTagsOfOthers() {
        String theirs =
                scene.askAsOther(
                                "ListTagResources",
                                "RegionId",
                                HANGZHOU,
                                "ResourceType",
                                "image",
                                "ResourceId.1",
                                old.value())
                        .json()
                        .path("TagResources")
                        .toString();
        assertThat(theirs).isEqualTo("{\"TagResource\":[]}");
        assertThat(scene.askAsOther("DescribeTags", "RegionId", HANGZHOU).json().path("TotalCount"))
                .isEqualTo(scene.call("DescribeTags", "RegionId", SHANGHAI).path("TotalCount"));
    }

    private JsonNode describe(String... more) {
        RawHttp.Reply reply = ask("DescribeTags", more);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json();
    }

    private static List<String> described(JsonNode answer) {
        List<String> tags = new ArrayList<>();
        answer.path("Tags")
                .path("Tag")
                .forEach(tag ->
                        tags.add(
                                tag.path("TagKey").asString()
                                        + "="
                                        + tag.path("TagValue").asString()));
        return tags;
    }

    @Test
    void tagsAreCounted() {
        image("third", Map.of("app", "db"));

        JsonNode answer = describe();

        assertThat(described(answer))
                .containsExactly("app=db", "app=web", "env=product", "environment=product");
        assertThat(answer.path("PageSize").asInt()).isEqualTo(50);
        assertThat(answer.path("TotalCount").asInt()).isEqualTo(4);
        assertThat(answer.path("Tags").path("Tag").path(0).path("ResourceTypeCount").toString())
                .startsWith("{\"Image\":2,\"Snapshot\":0,\"Instance\":0,");
    }

    @Test
    void tagsOfOneResourceOrOneKeyAreDescribed() {
        assertThat(described(describe("ResourceType", "image", "ResourceId", old.value())))
                .containsExactly("app=web", "environment=product");
        assertThat(described(describe("Tag.1.Key", "app"))).containsExactly("app=db", "app=web");
        assertThat(described(describe("Tag.1.Key", "app", "Tag.1.Value", "db")))
                .containsExactly("app=db");
        assertThat(described(describe("PageSize", "1", "PageNumber", "2")))
                .containsExactly("app=web");
        assertThat(described(describe("ResourceType", "disk"))).isEmpty();
        assertThat(described(describe("ResourceType", "snapshot"))).isEmpty();
        assertThat(described(describe("Category", "System"))).isEmpty();
        assertThat(ask("DescribeTags", "ResourceType", "ship").code())
                .isEqualTo("InvalidResourceType.NotFound");
        assertThat(ask("DescribeTags", "Tag.1.Value", "db").code())
                .isEqualTo("InvalidTag.Mismatch");
    }

    /// Every field of the page, in JSON and in XML.
    @ParameterizedTest
    @CsvSource({
        "ListTagResources, json",
        "ListTagResources, xml",
        "DescribeTags, json",
        "DescribeTags, xml"
    })
    void anAnswerHasAllFieldsOfThePage(String action, String format) throws IOException {
        ImageId image = image("golden", Map.of("team", "a<b"));

        RawHttp.Reply reply =
                scene.client()
                        .rpc(
                                action,
                                "RegionId",
                                HANGZHOU,
                                "Format",
                                format,
                                "ResourceType",
                                "image",
                                "Tag.1.Key",
                                "team");

        assertThat(reply.text())
                .isEqualToIgnoringWhitespace(
                        golden(action + "." + format)
                                .replace("{request}", reply.header("x-acs-request-id"))
                                .replace("{image}", image.value()));
    }

    private static String golden(String name) throws IOException {
        return Files.readString(Path.of("src/test/resources/ecs/answers", name));
    }
}

package org.imageferry.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.copy.EngineScene.A;
import static org.imageferry.copy.EngineScene.B;
import static org.imageferry.copy.EngineScene.ME;
import static org.imageferry.copy.EngineScene.NOWHERE;
import static org.imageferry.copy.EngineScene.OTHER;
import static org.imageferry.copy.Refusals.assertRefused;
import static org.imageferry.copy.Requests.copying;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.imageferry.catalog.Outbox;
import org.imageferry.catalog.ResourceGroups.ResourceGroup;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.ResourceGroupName;
import org.imageferry.domain.ResourceId;
import org.imageferry.domain.SnapshotId;
import org.imageferry.domain.Tags;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Tags and groups, and what the stores learn of them.
class TaggingTest {
    private static final Tags WEB = new Tags(Map.of("app", "web"));
    private static final ImageId UNKNOWN = new ImageId("m-" + "0".repeat(20));

    private final EngineScene scene = EngineScene.opened();
    private final Requests ask = new Requests(scene);
    private final Changes changes = new Changes(scene.durable().catalog());
    private final Tagging tagging = new Tagging(changes, scene.shop().regions());
    private final ResourceGrouping grouping =
            new ResourceGrouping(changes, scene.shop().regions(), scene.shop().ids());
    private ImageId image = UNKNOWN;

    @BeforeEach
    void anImage() throws Exception {
        image = ask.image(1);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private void tag(RegionId region, ResourceId... ids) {
        tagging.change(ask.me(), region, new LinkedHashSet<>(List.of(ids)), tags -> tags.and(WEB));
    }

    /// Of images and snapshots.
    private List<JsonNode> records(RegionId region) {
        return scene
                .<List<Outbox.Entry>>see(tables -> tables.outbox().pending(region, 1_000))
                .stream()
                .map(entry -> JsonMapper.shared().readTree(entry.body()))
                .filter(record -> record.path("kind").asString().matches("image|snapshot"))
                .toList();
    }

    private JsonNode last(RegionId region) {
        return records(region).getLast();
    }

    @Test
    void theStoreLearnsOfTagsOfWhatIsWhole() {
        SnapshotId snapshot = scene.snapshots(image).getFirst();
        int before = records(A).size();

        tag(A, image);
        tag(A, snapshot);

        List<JsonNode> records = records(A).subList(before, before + 2);
        assertThat(records.getFirst().path("id").asString()).isEqualTo(image.value());
        assertThat(records.getLast().path("id").asString()).isEqualTo(snapshot.value());
        assertThat(records)
                .allSatisfy(it ->
                        assertThat(it.path("tags").toString()).isEqualTo("{\"app\":\"web\"}"));
        assertThat(records.getFirst().path("revision").asLong())
                .isEqualTo(scene.image(image).orElseThrow().revision());
    }

    @Test
    void aTagThatIsThereAlreadyChangesNothing() {
        tag(A, image);
        long revision = scene.image(image).orElseThrow().revision();
        int records = records(A).size();

        tag(A, image);

        assertThat(scene.image(image).orElseThrow().revision()).isEqualTo(revision);
        assertThat(records(A)).hasSize(records);
    }

    /// Its record comes when it is whole, with the tags that it was given meanwhile.
    @Test
    void tagsOfACopyUnderWayAreInTheRecordOfItsEnd() throws Exception {
        ImageId copy = ask.copies().copy(ask.me(), copying(image, A, B));

        tag(B, copy, scene.snapshots(copy).getFirst());

        assertThat(records(B)).isEmpty();
        scene.work();
        assertThat(records(B)).hasSize(2);
        assertThat(records(B))
                .allSatisfy(
                        it -> assertThat(it.path("tags").path("app").asString()).isEqualTo("web"));
    }

    @Test
    void oneUnknownResourceKeepsAllAsTheyAre() {
        assertRefused(new Refusal.UnknownResource(UNKNOWN), () -> tag(A, image, UNKNOWN));
        assertRefused(new Refusal.UnknownResource(image), () -> tag(B, image));
        assertRefused(new Refusal.UnknownRegion(NOWHERE), () -> tag(NOWHERE, image));
        assertRefused(
                new Refusal.UnknownResource(image),
                () -> tagging.change(ask.caller(OTHER), A, Set.of(image), tags -> tags.and(WEB)));
        assertThat(scene.image(image).orElseThrow().tags()).isEqualTo(Tags.NONE);
    }

    @Test
    void aRecordTellsOfTheGroupToo() {
        ResourceGroup group = grouping.create(ask.me(), new ResourceGroupName("web"), "The web");

        grouping.join(ask.me(), A, image, group.id());

        assertThat(last(A).path("group").toString())
                .isEqualTo(
                        """
                        {"id":"%s","name":"web","displayName":"The web","created":"%s"}\
                        """
                                .formatted(group.id(), group.created()));
        assertRefused(
                new Refusal.Grouping.InIt(image, group.id()),
                () -> grouping.join(ask.me(), A, image, group.id()));
        assertRefused(
                new Refusal.Grouping.NotEmpty(group.id()),
                () -> grouping.delete(ask.me(), group.id()));
    }

    @Test
    void aGroupOfAnotherAccountIsNone() {
        ResourceGroup group =
                grouping.create(ask.caller(OTHER), new ResourceGroupName("web"), "Web");
        assertRefused(
                new Refusal.UnknownResourceGroup(group.id()),
                () -> grouping.join(ask.me(), A, image, group.id()));
        assertThat(scene.image(image).orElseThrow().account()).isEqualTo(ME);
    }
}

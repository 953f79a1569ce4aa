package org.imageferry.ecs.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.ecs.action.ActionScene.HANGZHOU;
import static org.imageferry.ecs.action.ActionScene.SHANGHAI;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.Progress;
import org.imageferry.domain.TaskState;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.RawHttp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DescribeEventsTest {
    private final ActionScene scene = new ActionScene();
    private final ImageId golden = scene.image("golden");

    @AfterEach
    void stop() {
        scene.close();
    }

    private ImageId endedCopy(String name) {
        ImageId copy = scene.copyOf(golden, name);
        scene.change(scene.taskOf(copy), it -> it.start(scene.now(), 0));
        scene.change(scene.taskOf(copy), it -> it.with(new Progress(100, 100, 20, 10)));
        scene.pass(Duration.ofMillis(1_500));
        scene.change(scene.taskOf(copy), it -> it.end(new TaskState.Done(scene.now())));
        return copy;
    }

    private static List<String> names(JsonNode answer) {
        List<String> names = new ArrayList<>();
        answer.path("Events")
                .path("Event")
                .forEach(event -> names.add(event.path("ImageName").asString()));
        return names;
    }

    @Test
    void anEventTellsAllAboutTheEndOfATask() {
        ImageId copy = endedCopy("copy");

        JsonNode answer = scene.own("DescribeEvents");

        JsonNode event = answer.path("Events").path("Event").path(0);
        assertThat(answer.path("LastEventId")).isEqualTo(event.path("EventId"));
        assertThat(event.toString())
                .isEqualTo(
                        """
                        {"EventId":%s,"Type":"copy.finished","Time":"2026-11-22T01:09:37.500Z",\
                        "AccountId":"1111111111111111","RegionId":"cn-shanghai","TaskId":"%s",\
                        "TaskAction":"CopyImage","ImageId":"%s","ImageName":"copy","SnapshotId":"",\
                        "SourceRegionId":"cn-hangzhou","SourceImageId":"%s","SourceSnapshotId":"",\
                        "CreationTime":"2026-11-22T01:09:36.000Z",\
                        "StartTime":"2026-11-22T01:09:36.000Z","DurationMilliseconds":1500,\
                        "TotalBytes":100,"DoneBytes":100,"MovedBytes":20,"SharedBytes":80,\
                        "StoredBytes":10,"Reason":""}\
                        """
                                .formatted(
                                        event.path("EventId"), scene.taskOf(copy), copy, golden));
    }

    @Test
    void aFailedCopyTellsWhyAndACancelledOneWhatItWas() {
        ImageId failed = scene.copyOf(golden, "failed");
        scene.change(scene.taskOf(failed), it -> it.end(new TaskState.Failed(scene.now(), "rot")));
        ImageId cancelled = scene.copyOf(golden, "cancelled");
        scene.call("CancelCopyImage", "RegionId", SHANGHAI, "ImageId", cancelled.value());

        JsonNode events = scene.own("DescribeEvents").path("Events").path("Event");

        assertThat(events.path(0).path("Type").asString()).isEqualTo("copy.failed");
        assertThat(events.path(0).path("Reason").asString()).isEqualTo("rot");
        assertThat(events.path(1).path("Type").asString()).isEqualTo("copy.cancelled");
        assertThat(events.path(1).path("ImageName").asString()).isEqualTo("cancelled");
        assertThat(events.path(1).path("StartTime").asString()).isEmpty();
    }

    @Test
    void whoAsksAfterTheLastGetsTheRest() {
        List.of("first", "second", "third").forEach(this::endedCopy);

        JsonNode first = scene.own("DescribeEvents", "MaxResults", "2");
        JsonNode rest =
                scene.own("DescribeEvents", "AfterEventId", first.path("LastEventId").asString());
        JsonNode none =
                scene.own("DescribeEvents", "AfterEventId", rest.path("LastEventId").asString());

        assertThat(names(first)).containsExactly("first", "second");
        assertThat(names(rest)).containsExactly("third");
        assertThat(names(none)).isEmpty();
        assertThat(none.path("LastEventId")).isEqualTo(rest.path("LastEventId"));
    }

    @Test
    void aFollowerMayBeginNow() {
        assertThat(scene.own("DescribeEvents", "FromNow", "true").path("LastEventId").asString())
                .isEqualTo("e-0000000000000000");
        endedCopy("old");

        JsonNode now = scene.own("DescribeEvents", "FromNow", "true");
        endedCopy("new");

        assertThat(names(now)).isEmpty();
        assertThat(
                        names(
                                scene.own(
                                        "DescribeEvents",
                                        "AfterEventId",
                                        now.path("LastEventId").asString())))
                .containsExactly("new");
    }

    @Test
    void eventsAreTheRegionsThatIsAskedFor() {
        endedCopy("copy");

        assertThat(names(scene.own("DescribeEvents", "RegionId", SHANGHAI))).hasSize(1);
        assertThat(names(scene.own("DescribeEvents", "RegionId", HANGZHOU))).isEmpty();
        assertThat(refusal("RegionId", "cn-nowhere")).isEqualTo("InvalidRegionId.NotFound");
    }

    @Test
    void nobodySeesWhatEndedForOthers() {
        endedCopy("copy");

        RawHttp.Reply others =
                scene.client()
                        .as("other", "othersecret")
                        .acs3(Api.FERRY.version(), "DescribeEvents");

        assertThat(names(others.json())).isEmpty();
        assertThat(others.json().path("LastEventId").asString()).isEqualTo("e-0000000000000000");
    }

    @Test
    void whoWaitsIsAnsweredWhenATaskEnds() {
        scene.hints.meanwhile(() -> endedCopy("copy"));

        assertThat(names(scene.own("DescribeEvents", "WaitSeconds", "20"))).containsExactly("copy");
    }

    @Test
    void whatCanNotBeAskedForIsRefused() {
        assertThat(refusal("WaitSeconds", "21")).startsWith("InvalidParameter");
        assertThat(refusal("MaxResults", "101")).startsWith("InvalidParameter");
        assertThat(refusal("AfterEventId", "e-1")).startsWith("InvalidParameter");
    }

    private String refusal(String name, String value) {
        return scene.client().acs3(Api.FERRY.version(), "DescribeEvents", name, value).code();
    }
}

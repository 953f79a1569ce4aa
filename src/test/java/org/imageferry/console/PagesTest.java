package org.imageferry.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.ImageState;
import org.imageferry.domain.Progress;
import org.imageferry.domain.TaskState;
import org.imageferry.ecs.action.ActionScene;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PagesTest {
    private final ActionScene scene = new ActionScene();
    private final ImageId golden = scene.image("golden");
    private final Surfer surfer = Surfer.loggedIn(scene.port(), "testid", "testsecret");

    @AfterEach
    void stop() {
        surfer.close();
        scene.close();
    }

    private ImageId runningCopy(String name, long total, long done, long moved) {
        ImageId copy = scene.copyOf(golden, name);
        scene.change(scene.taskOf(copy), it -> it.start(scene.now(), 0));
        scene.change(
                scene.taskOf(copy), it -> it.with(new Progress(total, done, moved, moved / 2)));
        return copy;
    }

    @Test
    void theFirstPageDrawsTheRegionsAndWhatMovesBetweenThem() {
        runningCopy("copy", 100L << 20, 40L << 20, 30L << 20);
        scene.pass(Duration.ofSeconds(4));

        String page = surfer.get("/console/").body();

        assertThat(page)
                .contains("Map of 2 regions with 1 running copy")
                .contains("stroke-dasharray=\"40 100\"")
                .contains("40.0 MiB of 100 MiB", "10.0 MiB/s", "6 s left")
                .contains("30.0 MiB new", "10.0 MiB shared")
                .contains("data-feed=\"/console/feed/\"");
    }

    @Test
    void waitingCopiesTellTheirPlaces() {
        runningCopy("first", 100, 40, 30);
        scene.copyOf(scene.image("silver"), "second");

        assertThat(surfer.get("/console/").body()).contains("place 1 in the queue", "1 waiting");
        assertThat(surfer.get("/console/regions/cn-shanghai").body()).contains("second");
    }

    @Test
    void aBrokenRegionSaysWhatIsWrong() {
        scene.breakDown(ActionScene.SHANGHAI, "its folder is gone");

        assertThat(surfer.get("/console/").body()).contains("its folder is gone", "out of order");
        assertThat(surfer.get("/console/regions/cn-shanghai").body())
                .contains("This region can't be used", "its folder is gone");
    }

    @Test
    void aFailedCopySaysWhyAndWhatToDo() {
        ImageId copy = scene.copyOf(golden, "copy");
        TaskState.Failed failed = new TaskState.Failed(scene.now(), "no space left on cn-shanghai");
        scene.change(scene.taskOf(copy), it -> it.end(failed));
        scene.change(copy, new ImageState.CreateFailed(failed.reason()));

        String page = surfer.get("/console/images/cn-shanghai/" + copy).body();

        assertThat(page).contains("no space left on cn-shanghai", "Free space in the region");
        String again = "/console/images/cn-hangzhou/" + golden + "?to=cn-shanghai";
        assertThat(page).contains(again + "#copy-to");
        assertThat(surfer.get(again).body()).contains("name=\"to.cn-shanghai\" checked");
        assertThat(surfer.get("/console/").body()).contains("no space left on cn-shanghai");
    }

    @Test
    void anImageTellsWhereItCameFromAndWentTo() {
        ImageId copy = scene.copyOf(golden, "copy");

        assertThat(surfer.get("/console/images/cn-hangzhou/" + golden).body())
                .contains("copied to", "/console/images/cn-shanghai/" + copy);
        assertThat(surfer.get("/console/images/cn-shanghai/" + copy).body())
                .contains("copied from", "/console/images/cn-hangzhou/" + golden);
    }

    @Test
    void imagesAreShownByTheHundredAndFoundByName() {
        for (int i = 0; i < 130; i++) {
            scene.image("image-" + i);
        }
        String first = surfer.get("/console/regions/cn-hangzhou").body();
        String second = surfer.get("/console/regions/cn-hangzhou?page=2").body();
        String found = surfer.get("/console/regions/cn-hangzhou?name=image-12").body();

        assertThat(first.split("<tr id=\"i-", -1)).hasSize(101);
        assertThat(second.split("<tr id=\"i-", -1)).hasSize(32);
        assertThat(first).contains("page=2");
        assertThat(found.split("<tr id=\"i-", -1)).hasSize(12); // 12, and 120 to 129
    }

    @Test
    void activityShowsAllTasksAndCharts() {
        ImageId copy = runningCopy("copy", 100L << 20, 100L << 20, 25L << 20);
        scene.change(scene.taskOf(copy), it -> it.end(new TaskState.Done(scene.now())));

        String page = surfer.get("/console/activity").body();

        assertThat(page)
                .contains("75 % did not have to be moved: 75.0 MiB of 100 MiB")
                .contains("finished", "25.0 MiB");
        assertThat(surfer.get("/console/activity?status=Failed").body()).contains("No such tasks");
    }

    @Test
    void whatIsNotThereIsSaidSo() {
        assertThat(surfer.get("/console/regions/nowhere").status()).isEqualTo(404);
        assertThat(surfer.get("/console/no/such").status()).isEqualTo(404);
        assertThat(surfer.get("/console/static/none.js").status()).isEqualTo(404);
        assertThat(surfer.get("/console/%FF%FE/x").status()).isIn(400, 404);
    }

    @Test
    void aFeedSendsWhatHasChangedAndSaysWhatHappened() {
        ImageId copy = runningCopy("copy", 100L << 20, 40L << 20, 30L << 20);
        Runnable onward =
                () ->
                        scene.change(
                                scene.taskOf(copy),
                                it -> it.with(new Progress(100L << 20, 50L << 20, 30L << 20, 5)));
        Runnable done =
                () -> {
                    scene.change(scene.taskOf(copy), it -> it.end(new TaskState.Done(scene.now())));
                    scene.change(copy, new ImageState.Available());
                };
        scene.between(List.of(onward, done, () -> {}));

        Surfer.Seen feed = surfer.get("/console/feed/");

        assertThat(feed.header("Content-Type")).isEqualTo("text/event-stream");
        assertThat(feed.header("Cache-Control")).isEqualTo("no-store");
        assertThat(feed.body()).contains("40.0 MiB of 100 MiB", "50.0 MiB of 100 MiB");
        assertThat(feed.body().split("\"id\":\"trouble\"", -1)).hasSize(2);
        assertThat(feed.body())
                .contains("event: news\ndata: \"Copy of copy to cn-shanghai finished\"");
    }

    @Test
    void aFeedEndsWithItsSession() {
        scene.between(List.of(() -> {}, () -> scene.pass(Duration.ofHours(12)), () -> {}));

        assertThat(surfer.get("/console/feed/").body()).endsWith("event: end\ndata: {}\n\n");
    }

    @Test
    void aFeedEndsWithTheImageThatItIsAbout() {
        ImageId copy = scene.copyOf(golden, "copy");
        String page = "/console/images/cn-shanghai/" + copy;
        scene.between(
                List.of(
                        () ->
                                surfer.submit(
                                        "/console/",
                                        "cancel-copy",
                                        Map.of("region", "cn-shanghai", "image", copy.value())),
                        () -> {}));

        assertThat(surfer.get(page.replace("/console/", "/console/feed/")).body())
                .endsWith("event: end\ndata: {}\n\n");
    }
}

package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.server.RaceScene.DESTINATION;
import static org.imageferry.server.RaceScene.SOURCE;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.imageferry.ecs.client.Call;
import org.imageferry.server.RaceScene.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Hundreds of clients ask the real server for the same at the same moment.
class RaceTest {
    private static final int RACERS = 200;

    @TempDir private Path folder;
    private RaceScene scene;

    @BeforeEach
    void start() throws Exception {
        scene = new RaceScene(folder, Ground.usual());
    }

    @AfterEach
    void stop() throws Exception {
        scene.close();
    }

    private static Call copying(String image, String name) {
        return Wire.copying(SOURCE, image, DESTINATION, name);
    }

    @Test
    void oneOfTwoHundredCopiesOfAnImageGetsTheName() throws Exception {
        String golden = scene.images(1).getFirst();
        assertOneWins(scene.together(Collections.nCopies(RACERS, copying(golden, "golden"))));
    }

    @Test
    void oneOfTwoHundredCopiesOfDifferentImagesGetsTheName() throws Exception {
        List<Call> calls =
                scene.images(RACERS).stream().map(image -> copying(image, "golden")).toList();
        assertOneWins(scene.together(calls));
    }

    private void assertOneWins(List<Answer> answers) throws Exception {
        List<Answer> winners = answers.stream().filter(Answer::ok).toList();
        assertThat(winners).hasSize(1);
        assertThat(answers.stream().filter(answer -> !answer.ok()))
                .hasSize(RACERS - 1)
                .allSatisfy(answer ->
                        assertThat(answer.code())
                                .isIn(
                                        "InvalidImageName.Duplicated",
                                        "OperationDenied.ImageCopying"));
        assertOnlyImage(winners.getFirst().image());
    }

    private void assertOnlyImage(String winner) throws Exception {
        assertThat(scene.wire().outcome(DESTINATION, winner)).isEqualTo("Available");
        assertThat(scene.wire().images(DESTINATION))
                .extracting(Wire.Shown::id)
                .containsExactly(winner);
        assertThat(scene.wire().snapshots(DESTINATION)).hasSize(1);
        scene.proveCatalog();
    }

    @Test
    void aHundredRequestsWithOneClientTokenMakeOneImage() throws Exception {
        Call once = copying(scene.images(1).getFirst(), "golden").once("one-token");

        List<Answer> answers = scene.together(Collections.nCopies(100, once));

        assertThat(answers).allMatch(Answer::ok);
        assertThat(answers.stream().map(Answer::image).distinct()).hasSize(1);
        assertOnlyImage(answers.getFirst().image());
    }

    @Test
    void differentNamesDoNotGetInEachOthersWay() throws Exception {
        List<String> images = scene.images(RACERS);
        List<Call> calls = new ArrayList<>();
        IntStream.range(0, RACERS).forEach(i -> calls.add(copying(images.get(i), "copy-" + i)));

        assertThat(scene.together(calls)).allMatch(Answer::ok);

        scene.proveCatalog();
    }
}

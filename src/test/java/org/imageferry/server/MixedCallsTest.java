package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.server.RaceScene.DESTINATION;
import static org.imageferry.server.RaceScene.SOURCE;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.stream.Collectors;
import org.imageferry.ecs.client.Call;
import org.imageferry.server.RaceScene.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A thousand clients call at once: calls of all kinds, about few images and names, while the
/// workers work.
///
/// `-Dseed=S` makes the same calls again; in which order they arrive is the machine's.
class MixedCallsTest {
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final int CLIENTS = 1_000;
    private static final int IMAGES = 12;
    private static final int NAMES = 300;

    @TempDir private Path folder;

    /// All that was ever heard of, the newest first.
    private final ConcurrentLinkedDeque<Known> images = new ConcurrentLinkedDeque<>();

    @Test
    void aThousandClientsAtOnceLeaveAllInOrder() throws Exception {
        Random random = new Random(SEED);
        try (RaceScene scene = new RaceScene(folder)) {
            System.out.println("MixedCallsTest: -Dseed=" + SEED);
            scene.images(IMAGES).forEach(image -> images.add(new Known(image, SOURCE)));
            List<Callable<Answer>> callers = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                long seed = random.nextLong();
                callers.add(() -> call(scene, new Random(seed)));
            }
            List<Answer> answers = RaceScene.atOnce(callers);
            System.out.println("MixedCallsTest: " + counts(answers));
            assertThat(answers).noneMatch(answer -> answer.status() >= 500 || answer.status() == 0);
            assertThat(answers.stream().filter(Answer::ok).map(Answer::action).distinct())
                    .as("actions that succeeded at least once")
                    .contains("CopyImage", "DeleteImage", "ImportImage", "TagResources");
            scene.proveCatalog();
        } catch (Throwable e) {
            throw new AssertionError("with -Dseed=" + SEED, e);
        }
    }

    private static Map<String, Long> counts(List<Answer> answers) {
        return answers.stream()
                .collect(
                        Collectors.groupingBy(
                                answer -> answer.action() + " " + answer.code(),
                                TreeMap::new,
                                Collectors.counting()));
    }

    /// Where an image is goes with its id: what a client does not know it can't ask for.
    private record Known(String image, String region) {
        String other() {
            return region.equals(SOURCE) ? DESTINATION : SOURCE;
        }

        Call call(String action) {
            return Call.ecs(action).with("RegionId", region).with("ImageId", image);
        }
    }

    private Answer noted(String region, Answer answer) {
        if (!answer.image().isEmpty()) {
            images.addFirst(new Known(answer.image(), region));
        }
        return answer;
    }

    /// Half of it concerns the newest image, where the others are too.
    private Known known(Random random) {
        List<Known> now = List.copyOf(images);
        return random.nextBoolean() ? now.getFirst() : now.get(random.nextInt(now.size()));
    }

    private Answer call(RaceScene scene, Random random) {
        Known known = known(random);
        String name = "mixed-" + random.nextInt(NAMES);
        return switch (random.nextInt(18)) {
            case 0, 1, 2 -> copy(scene, known, name);
            case 3, 4 -> cancel(scene, copy(scene, known, name), known.other());
            case 5, 6 -> noted(SOURCE, scene.answer(RaceScene.importing(name)));
            case 7, 8, 9 -> scene.answer(known.call("CancelCopyImage"));
            case 10 -> scene.answer(known.call("DeleteImage"));
            case 11 -> scene.answer(known.call("DeleteImage").with("Force", "true"));
            case 12 -> scene.answer(known.call("DescribeImages").with("Status", "ALL"));
            case 13 -> scene.answer(list("DescribeImages", known).with("ImageName", name));
            case 14 -> scene.answer(list("DescribeTasks", known));
            case 15 -> scene.answer(tagged("TagResources", known).with("Tag.1.Key", name));
            case 16 -> scene.answer(tagged("UntagResources", known).with("All", "true"));
            default -> scene.answer(list("DescribeSnapshots", known));
        };
    }

    private Answer copy(RaceScene scene, Known known, String name) {
        Call copy = Wire.copying(known.region(), known.image(), known.other(), name);
        return noted(known.other(), scene.answer(copy));
    }

    /// Whoever cancels at once is still early enough, now and then.
    private static Answer cancel(RaceScene scene, Answer copy, String region) {
        return copy.ok()
                ? scene.answer(new Known(copy.image(), region).call("CancelCopyImage"))
                : copy;
    }

    private static Call tagged(String action, Known known) {
        return list(action, known)
                .with("ResourceType", "image")
                .with("ResourceId.1", known.image());
    }

    private static Call list(String action, Known known) {
        return Call.ecs(action).with("RegionId", known.region());
    }
}

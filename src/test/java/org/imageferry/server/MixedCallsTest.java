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
    private static final String TAG = "mixed";

    @TempDir private Path folder;

    /// All that was ever heard of, the newest first.
    private final ConcurrentLinkedDeque<Known> images = new ConcurrentLinkedDeque<>();

    private final ConcurrentLinkedDeque<Known> snapshots = new ConcurrentLinkedDeque<>();

    @Test
    void aThousandClientsAtOnceLeaveAllInOrder() throws Exception {
        Random random = new Random(SEED);
        try (RaceScene scene = new RaceScene(folder, Ground.usual())) {
            System.out.println("MixedCallsTest: -Dseed=" + SEED);
            scene.images(IMAGES).forEach(image -> images.add(new Known(image, SOURCE)));
            scene.wire().snapshots(SOURCE).forEach(it -> snapshots.add(new Known(it, SOURCE)));
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
                    .contains("CopyImage", "DeleteImage", "ImportImage", "TagResources")
                    .contains("ModifyImageAttribute", "ModifyImageSharePermission")
                    .contains("CopySnapshot", "CreateImage");
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

    /// Where an image or a snapshot is goes with its id: what a client does not know it can't ask for.
    private record Known(String id, String region) {
        String other() {
            return region.equals(SOURCE) ? DESTINATION : SOURCE;
        }

        Call call(String action) {
            return Call.ecs(action).with("RegionId", region).with("ImageId", id);
        }
    }

    private Answer noted(String region, Answer answer) {
        if (!answer.image().isEmpty()) {
            images.addFirst(new Known(answer.image(), region));
        }
        if (!answer.snapshot().isEmpty()) {
            snapshots.addFirst(new Known(answer.snapshot(), region));
        }
        return answer;
    }

    /// Half of it concerns the newest, where the others are too.
    private static Known known(ConcurrentLinkedDeque<Known> all, Random random) {
        List<Known> now = List.copyOf(all);
        return random.nextBoolean() ? now.getFirst() : now.get(random.nextInt(now.size()));
    }

    private Answer call(RaceScene scene, Random random) {
        Known known = known(images, random);
        String name = "mixed-" + random.nextInt(NAMES);
        return switch (random.nextInt(28)) {
            case 0, 1, 2 -> copy(scene, known, name);
            case 3, 4 ->
                    thenIfMade(scene, copy(scene, known, name), "CancelCopyImage", known.other());
            case 5, 6 -> noted(SOURCE, scene.answer(RaceScene.importing(name)));
            case 7, 8, 9 -> scene.answer(known.call("CancelCopyImage"));
            case 10 -> scene.answer(known.call("DeleteImage"));
            case 11 -> scene.answer(known.call("DeleteImage").with("Force", "true"));
            case 12 -> scene.answer(known.call("DescribeImages").with("Status", "ALL"));
            case 13 -> scene.answer(list("DescribeImages", known).with("ImageName", name));
            case 14 -> scene.answer(list("DescribeTasks", known));
            case 15 -> scene.answer(tagged("TagResources", known).with("Tag.1.Key", TAG));
            case 16 -> scene.answer(tagged("UntagResources", known).with("All", "true"));
            case 17 -> scene.answer(list("DescribeImages", known).with("Tag.1.Key", TAG));
            case 18, 19 -> scene.answer(modified(known, name, random));
            case 20 -> scene.answer(sharing(known).with("AddAccount.1", scene.others()));
            case 21 -> scene.answer(sharing(known).with("RemoveAccount.1", scene.others()));
            case 22 -> scene.answer(known.call("DescribeImageSharePermission"));
            case 23, 24, 25, 26 -> ofSnapshot(scene, known(snapshots, random), name, random);
            default -> scene.answer(list("DescribeSnapshots", known));
        };
    }

    private static Call modified(Known known, String name, Random random) {
        Call call = known.call("ModifyImageAttribute");
        return switch (random.nextInt(3)) {
            case 0 -> call.with("ImageName", name).with("Description", "was something else");
            case 1 -> call.with("Status", "Deprecated");
            default -> call.with("Status", "Available");
        };
    }

    private static Call sharing(Known known) {
        return known.call("ModifyImageSharePermission");
    }

    private Answer ofSnapshot(RaceScene scene, Known snapshot, String name, Random random) {
        return switch (random.nextInt(5)) {
            case 0, 1 -> noted(snapshot.other(), scene.answer(copyOf(snapshot)));
            case 2 -> noted(snapshot.region(), scene.answer(imageOf(snapshot, name)));
            case 3 -> {
                Answer created = scene.answer(imageOf(snapshot, name));
                yield thenIfMade(scene, created, "DeleteImage", snapshot.region());
            }
            default -> scene.answer(Call.ecs("DeleteSnapshot").with("SnapshotId", snapshot.id()));
        };
    }

    private static Call copyOf(Known snapshot) {
        return list("CopySnapshot", snapshot)
                .with("SnapshotId", snapshot.id())
                .with("DestinationRegionId", snapshot.other());
    }

    private static Call imageOf(Known snapshot, String name) {
        return list("CreateImage", snapshot)
                .with("SnapshotId", snapshot.id())
                .with("ImageName", name);
    }

    private Answer copy(RaceScene scene, Known known, String name) {
        Call copy = Wire.copying(known.region(), known.id(), known.other(), name);
        return noted(known.other(), scene.answer(copy));
    }

    /// Whoever changes its mind at once is still early enough, now and then.
    private static Answer thenIfMade(RaceScene scene, Answer made, String action, String region) {
        return made.ok() ? scene.answer(new Known(made.image(), region).call(action)) : made;
    }

    private static Call tagged(String action, Known known) {
        return list(action, known).with("ResourceType", "image").with("ResourceId.1", known.id());
    }

    private static Call list(String action, Known known) {
        return Call.ecs(action).with("RegionId", known.region());
    }
}

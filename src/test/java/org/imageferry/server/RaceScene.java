package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import tools.jackson.databind.JsonNode;

/// A real server with small images, and many clients that call it at the same moment.
final class RaceScene implements AutoCloseable {
    static final String SOURCE = RealServer.SOURCE;
    static final String DESTINATION = "cn-shanghai";

    private static final int DISK_BYTES = 1 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int SIGTERM = 128 + 15;

    private final RealServer server;
    private final String others;

    /// @param options of `imageferry serve`
    RaceScene(Path folder, Ground ground, String... options) throws Exception {
        this.server = new RealServer(folder, DISK_BYTES, ground, options);
        this.others =
                wire().call(Call.own("CreateAccount").with("AccountName", "others"))
                        .path("AccountId")
                        .asString();
    }

    /// Another account, to share images with.
    String others() {
        return others;
    }

    Wire wire() {
        return server.wire();
    }

    static Call importing(String name) {
        return Wire.importing(SOURCE, RealServer.OBJECT, name);
    }

    /// Images that are `Available`, of different names and ids.
    List<String> images(int count) throws Exception {
        List<Answer> answers =
                together(IntStream.range(0, count).mapToObj(i -> importing("race-" + i)).toList());
        List<String> images = answers.stream().map(Answer::image).toList();
        Patience.until("the imports", () -> wire().openTasks(SOURCE) == 0);
        return images;
    }

    /// What came back: a code, or `OK` and maybe the id of an image or of a snapshot.
    record Answer(
            String action, int status, String code, String message, String image, String snapshot) {
        boolean ok() {
            return code.equals("OK");
        }
    }

    /// Makes all calls at once, each on a connection of its own.
    List<Answer> together(List<Call> calls) throws Exception {
        return atOnce(calls.stream().<Callable<Answer>>map(call -> () -> answer(call)).toList());
    }

    static List<Answer> atOnce(List<Callable<Answer>> callers) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<Answer> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> futures = new ArrayList<>();
            for (Callable<Answer> caller : callers) {
                futures.add(
                        threads.submit(() -> {
                            start.await();
                            return caller.call();
                        }));
            }
            start.countDown();
            for (Future<Answer> future : futures) {
                answers.add(future.get());
            }
        }
        return answers;
    }

    Answer answer(Call call) {
        try {
            JsonNode tree = wire().call(call);
            String image = tree.path("ImageId").asString("");
            String snapshot = tree.path("SnapshotId").asString("");
            return new Answer(call.action(), 200, "OK", "", image, snapshot);
        } catch (EcsFailure e) {
            return new Answer(call.action(), e.status(), e.code(), e.reason(), "", "");
        }
    }

    /// Waits until all tasks have ended, ends the server, and looks at what it left.
    void proveCatalog() throws Exception {
        prove(server.catalogUrl());
    }

    /// @param catalog its JDBC URL
    void prove(String catalog) throws Exception {
        for (String region : List.of(SOURCE, DESTINATION)) {
            Patience.until("the end of all tasks", () -> wire().openTasks(region) == 0);
        }
        assertThat(server.process().terminate(PATIENCE)).as("the server's end").contains(SIGTERM);
        assertThat(server.process().log()).noneMatch(line -> line.contains("request failed"));
        CatalogInvariants.check(catalog);
    }

    @Override
    public void close() throws InterruptedException {
        server.close();
    }
}

package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import org.imageferry.settings.StartException;

/// A reader who does what a page says: in a folder with `./imageferry`, a disk image and a server.
///
/// Where the page leaves an id out, `m-…` is the newest image of the region that the command names, and
/// `rg-…` the newest resource group. The server's usual address is its own.
final class DocumentSession implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern REGION = Pattern.compile("--(?:region|from) ([a-z0-9-]+)");
    private static final String USUAL_ENDPOINT = "http://127.0.0.1:8440";
    private static final String SERVE = "./imageferry serve";
    private static final String REBUILD = "./imageferry rebuild";

    private final Path folder;
    private ServerProcess server;

    private DocumentSession(Path folder, ServerProcess server) {
        this.folder = folder;
        this.server = server;
    }

    static DocumentSession begin(Path folder) throws IOException, InterruptedException {
        Path program = folder.resolve("imageferry");
        Files.writeString(
                program,
                """
                #!/bin/sh
                exec %s "$@"
                """
                        .formatted(String.join(" ", TestJava.program(List.of("-Xmx256m")))));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        TestDisk.make(folder.resolve("debian-13.raw"), 1);
        return new DocumentSession(folder, ServerProcess.launch(folder.resolve("data")).ready());
    }

    /// What pages begin with that don't bring in an image themselves: one in Hangzhou, and a copy.
    void givenAnImageAndItsCopy() throws Exception {
        run("./imageferry import debian-13.raw --region cn-hangzhou --name given", true);
        run("./imageferry copy m-… --from cn-hangzhou --to eu-central-1 --name given", true);
    }

    void follow(DocumentPage page) throws Exception {
        for (DocumentPage.Block block : page.blocks()) {
            if (block.run() == DocumentPage.Run.NOT) {
                continue;
            }
            if (block.language().equals("yaml")) {
                Files.writeString(folder.resolve("settings.yaml"), block.text());
                continue;
            }
            for (String command : block.commands()) {
                run(command, block.run() == DocumentPage.Run.ALWAYS);
            }
        }
    }

    private void run(String command, boolean mustSucceed) throws Exception {
        if (command.startsWith(REBUILD)) {
            server.terminate(PATIENCE);
            loseCatalog();
        }
        if (command.startsWith(SERVE)) {
            serve(command.substring(SERVE.length()).strip());
            return;
        }
        File output = folder.resolve("output").toFile();
        ProcessBuilder shell =
                new ProcessBuilder("sh", "-c", filledIn(command))
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output);
        shell.environment().put("IMAGEFERRY_ENDPOINT", server.endpoint());
        shell.environment().merge("PATH", "/sbin:/usr/sbin", (path, more) -> path + ":" + more);
        shell.environment().keySet().removeIf(name -> name.startsWith("ALIBABA_CLOUD_"));
        Process process = shell.start();
        boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        process.destroyForcibly();
        String said = Files.readString(output.toPath());
        assertThat(ended).as("%s does not end: %s", command, said).isTrue();
        if (mustSucceed) {
            assertThat(process.exitValue()).as("%s says %s", command, said).isZero();
        }
    }

    /// Readers who have it made anew have none, or none that is of use.
    private void loseCatalog() throws IOException {
        for (String end : List.of("", "-wal", "-shm")) {
            Files.deleteIfExists(folder.resolve("data").resolve("catalog.db" + end));
        }
    }

    private void serve(String options) throws IOException, InterruptedException {
        server.terminate(PATIENCE);
        String[] words =
                options.isEmpty()
                        ? new String[0]
                        : options.replace("settings.yaml", folder + "/settings.yaml").split(" ");
        server = ServerProcess.launch(folder.resolve("data"), words).ready();
    }

    private String filledIn(String command) throws EcsFailure, StartException {
        String filled =
                command.replace(USUAL_ENDPOINT, server.endpoint())
                        .replace(USUAL_ENDPOINT.replace("http:", "https:"), server.endpoint());
        if (filled.contains("rg-…")) {
            filled = filled.replace("rg-…", newestGroup());
        }
        if (filled.contains("m-…")) {
            Matcher region = REGION.matcher(filled);
            assertThat(region.find()).as("%s names no region", command).isTrue();
            List<Wire.Shown> images = wire().images(region.group(1));
            assertThat(images).as("images for " + command).isNotEmpty();
            filled = filled.replace("m-…", images.getFirst().id());
        }
        return filled;
    }

    private String newestGroup() throws EcsFailure, StartException {
        var groups =
                wire().call(Call.resourceManager("ListResourceGroups"))
                        .path("ResourceGroups")
                        .path("ResourceGroup");
        return groups.path(groups.size() - 1).path("Id").asString();
    }

    private Wire wire() throws StartException {
        return Wire.to(server.endpoint(), folder.resolve("data"));
    }

    @Override
    public void close() throws InterruptedException {
        server.close();
    }
}

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/// Times pages of the console as a browser asks for them, one after the other, in regions of 1,000 and of
/// 100,000 images: whole answers, without what a browser then makes of them. `bench/console.sh` runs it.
final class ConsoleBench {
    private static final List<Integer> SIZES = List.of(1_000, 100_000);
    private static final int PAGE = 100;
    private static final int WARM_UP = 100;
    private static final int DISK_BYTES = 1 << 20;
    private static final String REGION = "cn-hangzhou";

    private final Path launcher;
    private final Path data;
    private final int times;

    private ConsoleBench(Path launcher, Path data, int times) {
        this.launcher = launcher;
        this.data = data;
        this.times = times;
    }

    /// @param arguments launcher, an empty folder to work in, how often each page is asked for
    static void main(String[] arguments) throws Exception {
        Path work = Path.of(arguments[1]);
        byte[] bytes = new byte[DISK_BYTES];
        new Random(1).nextBytes(bytes);
        Path disk = Files.write(work.resolve("disk.raw"), bytes);
        System.out.println("| page | images in the region | bytes | p50 | p99 | longest |");
        System.out.println("|---|--:|--:|--:|--:|--:|");
        for (int size : SIZES) {
            Path data = work.resolve("data-" + size);
            new ConsoleBench(Path.of(arguments[0]), data, Integer.parseInt(arguments[2]))
                    .run(disk, size);
        }
    }

    private void run(Path disk, int size) throws Exception {
        String image;
        try (Server server = serve()) {
            image = importImage(server, disk);
        }
        ApiFill.fill(data, image, size - 1);
        try (Server server = serve();
                HttpClient browser = HttpClient.newHttpClient()) {
            String session = login(browser, server);
            String region = "regions/" + REGION;
            List<String[]> pages =
                    List.of(
                            new String[] {"a region, its newest images", region},
                            new String[] {
                                "a region, its oldest images", region + "?page=" + size / PAGE
                            },
                            new String[] {
                                "a region, images by a part of their name", region + "?name=golden-77"
                            },
                            new String[] {"all regions", ""});
            for (int i = 0; i < WARM_UP; i++) {
                ask(browser, server, session, pages.get(i % pages.size())[1]);
            }
            for (String[] page : pages) {
                measure(browser, server, session, page[0], page[1], size);
            }
        }
    }

    private void measure(
            HttpClient browser, Server server, String session, String what, String path, int size)
            throws Exception {
        long[] nanos = new long[times];
        int bytes = 0;
        for (int i = 0; i < times; i++) {
            long begun = System.nanoTime();
            bytes = ask(browser, server, session, path);
            nanos[i] = System.nanoTime() - begun;
        }
        Arrays.sort(nanos);
        System.out.printf(
                Locale.ROOT,
                "| %s | %,d | %,d | %.1f ms | %.1f ms | %.1f ms |%n",
                what,
                size,
                bytes,
                nanos[times / 2] / 1e6,
                nanos[(int) Math.ceil(times * 0.99) - 1] / 1e6,
                nanos[times - 1] / 1e6);
    }

    /// @return the page's length
    private static int ask(HttpClient browser, Server server, String session, String path)
            throws IOException, InterruptedException {
        HttpResponse<byte[]> page =
                browser.send(
                        request(server, path).header("Cookie", session).GET().build(),
                        HttpResponse.BodyHandlers.ofByteArray());
        if (page.statusCode() != 200) {
            throw new IOException("/console/" + path + " was answered " + page.statusCode());
        }
        return page.body().length;
    }

    private static HttpRequest.Builder request(Server server, String path) {
        return HttpRequest.newBuilder(URI.create(server.endpoint() + "/console/" + path))
                .version(HttpClient.Version.HTTP_1_1);
    }

    private String login(HttpClient browser, Server server) throws Exception {
        List<String> key = Files.readAllLines(data.resolve("credentials"));
        String form =
                "id=" + value(key.get(0)) + "&secret=" + value(key.get(1));
        HttpResponse<String> answer =
                browser.send(
                        request(server, "login")
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .header("Sec-Fetch-Site", "same-origin")
                                .POST(HttpRequest.BodyPublishers.ofString(form))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        return answer.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    }

    private static String value(String line) {
        return URLEncoder.encode(line.split("=", 2)[1], StandardCharsets.UTF_8);
    }

    private record Server(Process process, String endpoint) implements AutoCloseable {
        @Override
        public void close() throws InterruptedException {
            process.destroy();
            process.waitFor();
        }
    }

    private Server serve() throws IOException {
        Path log = data.resolveSibling("server.log");
        Process process =
                new ProcessBuilder(
                                launcher.toString(), "serve", "--data", data.toString(),
                                "--listen", "127.0.0.1:0")
                        .redirectError(log.toFile())
                        .start();
        BufferedReader lines = process.inputReader();
        String ready = lines.readLine();
        if (ready == null) {
            throw new IOException(Files.readString(log));
        }
        return new Server(process, ready.substring(ready.indexOf("http")));
    }

    private String importImage(Server server, Path disk) throws Exception {
        Path out = data.resolveSibling("import.json");
        Process command =
                new ProcessBuilder(
                                launcher.toString(), "import", disk.toString(), "--region", REGION,
                                "--name", "first", "--endpoint", server.endpoint(), "--data",
                                data.toString(), "-o", "json")
                        .redirectOutput(out.toFile())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        if (command.waitFor() != 0) {
            throw new IllegalStateException("the import failed");
        }
        String json = Files.readString(out);
        int at = json.indexOf("\"m-") + 1;
        return json.substring(at, json.indexOf('"', at));
    }
}

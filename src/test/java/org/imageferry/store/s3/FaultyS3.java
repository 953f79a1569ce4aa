package org.imageferry.store.s3;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import javax.net.ServerSocketFactory;

/// A small S3 server that fails on command. It keeps objects in memory, lists two to a page, and checks
/// no signature.
final class FaultyS3 implements AutoCloseable {
    static final String BUCKET = "bucket";
    private static final int PAGE = 2;

    /// What is wrong with an answer.
    sealed interface Fault {
        /// An error of S3 instead of what was asked for.
        record Answer(int status, String code) implements Fault {}

        /// So many bytes of the body, then the connection is cut.
        record CutAfter(int bytes) implements Fault {}

        /// The connection is cut before any answer, after the request was carried out.
        record Unanswered() implements Fault {}

        /// Nothing until the server is closed.
        record Silence() implements Fault {}

        /// One bit of the body is another.
        record Flipped() implements Fault {}

        /// The whole object, though a range was asked for.
        record NoRanges() implements Fault {}
    }

    /// How it takes `If-None-Match` of a PUT.
    enum Conditions {
        KEPT,
        REFUSED,
        IGNORED
    }

    record Request(String method, String path, Map<String, String> headers, ByteBuffer body) {}

    private final ServerSocket listening;
    private final String scheme;
    private final Conditions conditions;
    private final Map<String, byte[]> objects = new ConcurrentSkipListMap<>();
    private final Map<String, Queue<Fault>> faults = new ConcurrentHashMap<>();
    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    FaultyS3(Conditions conditions) throws IOException {
        this(conditions, "http", ServerSocketFactory.getDefault());
    }

    FaultyS3(Conditions conditions, String scheme, ServerSocketFactory sockets) throws IOException {
        this.conditions = conditions;
        this.scheme = scheme;
        this.listening = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(this::listen);
    }

    URI endpoint() {
        return URI.create(scheme + "://127.0.0.1:" + listening.getLocalPort());
    }

    Map<String, byte[]> objects() {
        return objects;
    }

    Queue<Request> requests() {
        return requests;
    }

    /// The next requests of this method fail so, one after the other.
    void fail(String method, Fault... next) {
        faults.computeIfAbsent(method, _ -> new ConcurrentLinkedQueue<>())
                .addAll(Arrays.asList(next));
    }

    private void listen() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                // closed, or a client that went before it was there
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (answer(in, socket.getOutputStream())) {
                // until one of us hangs up
            }
        } catch (IOException e) {
            // the client hung up
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// @return whether the connection can take another request
    private boolean answer(InputStream in, OutputStream out)
            throws IOException, InterruptedException {
        Request request = read(in, out);
        requests.add(request);
        Fault fault = faults.getOrDefault(request.method(), new ConcurrentLinkedQueue<>()).poll();
        switch (fault) {
            case null -> send(out, reply(request), Integer.MAX_VALUE);
            case Fault.Answer answer -> send(out, error(answer), Integer.MAX_VALUE);
            case Fault.CutAfter cut -> send(out, reply(request), cut.bytes());
            case Fault.Unanswered _ -> reply(request);
            case Fault.Silence _ -> closed.await();
            case Fault.Flipped _ -> send(out, flipped(reply(request)), Integer.MAX_VALUE);
            case Fault.NoRanges _ -> send(out, reply(without(request, "range")), Integer.MAX_VALUE);
        }
        return fault == null || fault instanceof Fault.Answer || fault instanceof Fault.Flipped;
    }

    private record Reply(int status, Map<String, String> headers, ByteBuffer body) {
        Reply(int status, Map<String, String> headers, byte... body) {
            this(status, headers, ByteBuffer.wrap(body));
        }
    }

    private static Request read(InputStream in, OutputStream out) throws IOException {
        String[] first = line(in).split(" ", -1);
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        if (headers.containsKey("expect")) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(ISO_8859_1));
            out.flush();
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        return new Request(first[0], first[1], headers, ByteBuffer.wrap(in.readNBytes(length)));
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the client hung up");
            }
            line.append((char) c);
        }
        return line.toString().strip();
    }

    private static Request without(Request request, String header) {
        Map<String, String> headers = new TreeMap<>(request.headers());
        headers.remove(header);
        return new Request(request.method(), request.path(), headers, request.body());
    }

    private Reply reply(Request request) {
        String path = request.path().replaceFirst("\\?.*", "");
        String key = path.replaceFirst("^/" + BUCKET + "/?", "");
        return switch (request.method()) {
            case "PUT" -> put(key, request);
            case "GET" -> key.isEmpty() ? list(request.path()) : get(key, request);
            case "HEAD" -> key.isEmpty() ? new Reply(200, Map.of()) : head(key);
            default -> {
                objects.remove(key);
                yield new Reply(204, Map.of());
            }
        };
    }

    private Reply put(String key, Request request) {
        boolean once = request.headers().containsKey("if-none-match");
        if (once && conditions == Conditions.REFUSED) {
            return error(new Fault.Answer(501, "NotImplemented"));
        }
        if (once && conditions == Conditions.KEPT) {
            return objects.putIfAbsent(key, request.body().array()) == null
                    ? new Reply(200, Map.of())
                    : error(new Fault.Answer(412, "PreconditionFailed"));
        }
        objects.put(key, request.body().array());
        return new Reply(200, Map.of());
    }

    private Reply get(String key, Request request) {
        byte[] whole = objects.get(key);
        if (whole == null) {
            return error(new Fault.Answer(404, "NoSuchKey"));
        }
        String range = request.headers().getOrDefault("range", "");
        if (range.isEmpty()) {
            return new Reply(200, Map.of("ETag", "\"1\""), whole);
        }
        String[] ends = range.substring("bytes=".length()).split("-", -1);
        int from = Integer.parseInt(ends[0]);
        if (from >= whole.length) {
            return error(new Fault.Answer(416, "InvalidRange"));
        }
        int to = Math.min(whole.length, Integer.parseInt(ends[1]) + 1);
        String served = "bytes %d-%d/%d".formatted(from, to - 1, whole.length);
        return new Reply(206, Map.of("Content-Range", served), Arrays.copyOfRange(whole, from, to));
    }

    private Reply head(String key) {
        byte[] whole = objects.get(key);
        return whole == null
                ? new Reply(404, Map.of())
                : new Reply(200, Map.of("Content-Length", "" + whole.length));
    }

    private Reply list(String path) {
        String token =
                URLDecoder.decode(
                        path.replaceFirst(".*continuation-token=([^&]*).*|.*", "$1"), UTF_8);
        var keys =
                objects.keySet().stream()
                        .filter(key -> key.compareTo(token) > 0)
                        .limit(PAGE + 1)
                        .toList();
        boolean more = keys.size() > PAGE;
        String contents =
                keys.stream()
                        .limit(PAGE)
                        .map("<Contents><Key>%s</Key></Contents>"::formatted)
                        .collect(Collectors.joining());
        String next =
                more
                        ? "<NextContinuationToken>%s</NextContinuationToken>"
                                .formatted(keys.get(PAGE - 1))
                        : "";
        String xml =
                "<ListBucketResult><IsTruncated>%s</IsTruncated>%s%s</ListBucketResult>"
                        .formatted(more, next, contents);
        return new Reply(200, Map.of("Content-Type", "application/xml"), xml.getBytes(UTF_8));
    }

    private static Reply error(Fault.Answer answer) {
        String xml =
                "<Error><Code>%s</Code><Message>so it is</Message></Error>"
                        .formatted(answer.code());
        return new Reply(
                answer.status(), Map.of("Content-Type", "application/xml"), xml.getBytes(UTF_8));
    }

    private static Reply flipped(Reply reply) {
        byte[] other = reply.body().array().clone();
        other[0] ^= 1;
        return new Reply(reply.status(), reply.headers(), other);
    }

    private static void send(OutputStream out, Reply reply, int mostBytes) throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + reply.status() + " X\r\n");
        reply.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        if (!reply.headers().containsKey("Content-Length")) {
            head.append("Content-Length: " + reply.body().capacity() + "\r\n");
        }
        out.write(head.append("\r\n").toString().getBytes(ISO_8859_1));
        out.write(reply.body().array(), 0, Math.min(mostBytes, reply.body().capacity()));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        listening.close();
    }
}

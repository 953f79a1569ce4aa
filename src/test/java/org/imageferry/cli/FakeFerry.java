package org.imageferry.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A server to test the command line against: it checks signatures, keeps images and objects in memory,
/// lets tasks come along one step with each look at the queue, and fails on command.
final class FakeFerry implements Running, AutoCloseable {
    static final String ID = "testid";
    static final String SECRET = "testsecret";

    /// A request as it came in.
    record Request(String action, String method, String path, Map<String, String> parameters) {
        String get(String parameter) {
            return parameters.getOrDefault(parameter, "");
        }
    }

    /// An answer that is no good.
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1;
        private final int status;
        private final String code;

        Refused(int status, String code, String message) {
            super(message);
            this.status = status;
            this.code = code;
        }
    }

    private record Fault(Predicate<Request> when, Refused refused, AtomicInteger times) {}

    private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());
    private final List<Fault> faults = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, String> nonces = new ConcurrentHashMap<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final FakeCloud cloud = new FakeCloud();
    private final FakeEvents events = new FakeEvents();
    private final FakeWebhooks webhooks = new FakeWebhooks();
    private final HttpServer server;
    private volatile String recommend = "";

    FakeFerry() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    FakeCloud cloud() {
        return cloud;
    }

    FakeEvents events() {
        return events;
    }

    /// What came in for an action.
    List<Request> requests(String action) {
        synchronized (requests) {
            return requests.stream().filter(request -> request.action().equals(action)).toList();
        }
    }

    void fail(String action, int status, String code, String message) {
        failWhen(request -> request.action().equals(action), status, code, message, 1000);
    }

    void failWhen(Predicate<Request> when, int status, String code, String message, int times) {
        faults.add(new Fault(when, new Refused(status, code, message), new AtomicInteger(times)));
    }

    /// Says this with each refusal.
    void recommend(String words) {
        recommend = words;
    }

    @Override
    public String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void stop() {
        server.stop(0);
        threads.shutdown();
        stopped.countDown();
    }

    boolean isStopped() {
        return stopped.getCount() == 0;
    }

    @Override
    public void awaitStop() {
        try {
            stopped.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        stop();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Request request =
                    new Request(
                            header(exchange, "x-acs-action"),
                            exchange.getRequestMethod(),
                            exchange.getRequestURI().getRawPath(),
                            parameters(exchange));
            requests.add(request);
            try {
                checkSignature(exchange, request, body);
                throwFault(request);
                answer(exchange, request, body);
            } catch (Refused refused) {
                ObjectNode error =
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("Code", refused.code)
                                .put("Message", refused.getMessage())
                                .put("Recommend", recommend)
                                .put("RequestId", "R-" + requests.size());
                send(exchange, refused.status, error);
            }
        }
    }

    private void answer(HttpExchange exchange, Request request, byte[] body)
            throws Refused, IOException {
        if (request.action().equals("GetObject")) {
            byte[] range = cloud.buckets().range(request, header(exchange, "Range"));
            String digest = Base64.getEncoder().encodeToString(sha256(range));
            exchange.getResponseHeaders().set("Content-Digest", "sha-256=:" + digest + ":");
            exchange.sendResponseHeaders(206, range.length);
            exchange.getResponseBody().write(range);
            return;
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        if (!events.answer(request, answer) && !webhooks.answer(request, answer)) {
            answer = cloud.answer(request, body);
        }
        send(exchange, 200, answer.put("RequestId", "R-" + requests.size()));
    }

    private void throwFault(Request request) throws Refused {
        synchronized (faults) {
            for (Fault fault : faults) {
                if (fault.when().test(request) && fault.times().getAndDecrement() > 0) {
                    throw fault.refused();
                }
            }
        }
    }

    private static void send(HttpExchange exchange, int status, ObjectNode answer)
            throws IOException {
        byte[] bytes = JsonMapper.shared().writeValueAsBytes(answer);
        exchange.getResponseHeaders().set("Content-Type", "application/json;charset=utf-8");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private void checkSignature(HttpExchange exchange, Request request, byte[] body)
            throws Refused {
        String authorization = header(exchange, "Authorization");
        if (!authorization.startsWith("ACS3-HMAC-SHA256 Credential=" + ID + ",")) {
            throw new Refused(
                    404, "InvalidAccessKeyId.NotFound", "Specified access key is not found.");
        }
        String bodyHash = HexFormat.of().formatHex(sha256(body));
        String names = authorization.replaceFirst(".*SignedHeaders=([^,]*).*", "$1");
        StringBuilder headers = new StringBuilder();
        for (String name : names.split(";", -1)) {
            headers.append(name).append(':').append(header(exchange, name)).append('\n');
        }
        String query = exchange.getRequestURI().getRawQuery();
        String canonical =
                String.join(
                        "\n",
                        request.method(),
                        request.path(),
                        query == null ? "" : query,
                        headers,
                        names,
                        bodyHash);
        String toSign =
                "ACS3-HMAC-SHA256\n" + hex(sha256(canonical.getBytes(StandardCharsets.UTF_8)));
        boolean good =
                authorization.endsWith("Signature=" + hex(hmac(toSign)))
                        && header(exchange, "x-acs-content-sha256").equals(bodyHash);
        String nonce = header(exchange, "x-acs-signature-nonce");
        if (!good) {
            throw new Refused(400, "SignatureDoesNotMatch", "Specified signature is not matched.");
        }
        if (nonces.put(nonce, nonce) != null) {
            throw new Refused(400, "SignatureNonceUsed", "The nonce was used.");
        }
    }

    private static Map<String, String> parameters(HttpExchange exchange) {
        Map<String, String> parameters = new TreeMap<>();
        String query = exchange.getRequestURI().getRawQuery();
        for (String pair : (query == null ? "" : query).split("&", -1)) {
            if (!pair.isEmpty()) {
                String[] both = pair.split("=", 2);
                parameters.put(decode(both[0]), decode(both[1]));
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    private static byte[] hmac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}

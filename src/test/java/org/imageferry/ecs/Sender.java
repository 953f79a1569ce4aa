package org.imageferry.ecs;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs and sends requests as clients do; written from the pages, apart from the code that it tests.
public final class Sender {
    private static final AtomicInteger NONCES = new AtomicInteger();

    private final int port;
    private final Instant now;
    private String accessKey = "testid";
    private String secret = "testsecret";
    private String token = "";

    public Sender(int port, Instant now) {
        this.port = port;
        this.now = now.truncatedTo(ChronoUnit.SECONDS);
    }

    public Sender as(String key, String itsSecret) {
        Sender other = new Sender(port, now);
        other.accessKey = key;
        other.secret = itsSecret;
        return other;
    }

    /// Of temporary credentials: requests of the newer family carry the token, signed.
    public Sender with(String securityToken) {
        Sender other = new Sender(port, now).as(accessKey, secret);
        other.token = securityToken;
        return other;
    }

    public Sender at(Instant time) {
        return new Sender(port, time).as(accessKey, secret);
    }

    public static String nonce() {
        return "nonce-" + NONCES.incrementAndGet();
    }

    /// A request of the older family, all in the query of a GET.
    public RawHttp.Reply rpc(String action, String... parameters) {
        return send(
                "GET", "/?" + query(signed(action, nonce(), parameters)), Map.of(), new byte[0]);
    }

    /// All parameters of such a request, its signature among them.
    public SortedMap<String, String> signed(String action, String nonce, String... parameters) {
        return signedFor("GET", action, nonce, parameters);
    }

    public SortedMap<String, String> signedFor(
            String method, String action, String nonce, String... parameters) {
        SortedMap<String, String> all = new TreeMap<>();
        all.put("Action", action);
        all.put("Version", "2014-05-26");
        all.put("Format", "JSON");
        all.put("AccessKeyId", accessKey);
        all.put("SignatureMethod", "HMAC-SHA1");
        all.put("SignatureVersion", "1.0");
        all.put("SignatureNonce", nonce);
        all.put("Timestamp", now.toString());
        for (int i = 0; i < parameters.length; i += 2) {
            all.put(parameters[i], parameters[i + 1]);
        }
        String text = method + "&%2F&" + encode(query(all));
        byte[] signature = hmac("HmacSHA1", secret + "&", text);
        all.put("Signature", Base64.getEncoder().encodeToString(signature));
        return all;
    }

    /// A request of the newer family for an action of ours or of ECS.
    public RawHttp.Reply acs3(String version, String action, String... parameters) {
        return acs3("POST", "/", version, action, Map.of(), new byte[0], parameters);
    }

    public RawHttp.Reply acs3(
            String method,
            String path,
            String version,
            String action,
            Map<String, String> more,
            byte[] body,
            String... parameters) {
        SortedMap<String, String> query = new TreeMap<>();
        for (int i = 0; i < parameters.length; i += 2) {
            query.put(parameters[i], parameters[i + 1]);
        }
        Map<String, String> headers = headers(method, path, version, action, query(query), body);
        headers.putAll(more);
        String target = query.isEmpty() ? path : path + "?" + query(query);
        return send(method, target, headers, body);
    }

    public SortedMap<String, String> headers(
            String method, String path, String version, String action, String query, byte[] body) {
        SortedMap<String, String> headers = new TreeMap<>();
        headers.put("host", host());
        headers.put("x-acs-action", action);
        headers.put("x-acs-version", version);
        headers.put("x-acs-date", now.toString());
        headers.put("x-acs-signature-nonce", nonce());
        headers.put("x-acs-content-sha256", sha256(body));
        if (!token.isEmpty()) {
            headers.put("x-acs-security-token", token);
        }
        String names = String.join(";", headers.keySet());
        String lines =
                headers.entrySet().stream()
                        .map(it -> it.getKey() + ":" + it.getValue() + "\n")
                        .collect(Collectors.joining());
        String canonical = String.join("\n", method, path, query, lines, names, sha256(body));
        String text = "ACS3-HMAC-SHA256\n" + sha256(canonical.getBytes(StandardCharsets.UTF_8));
        String signature = HexFormat.of().formatHex(hmac("HmacSHA256", secret, text));
        headers.put(
                "authorization",
                "ACS3-HMAC-SHA256 Credential="
                        + accessKey
                        + ",SignedHeaders="
                        + names
                        + ",Signature="
                        + signature);
        return headers;
    }

    public String host() {
        return "127.0.0.1:" + port;
    }

    public RawHttp.Reply send(
            String method, String target, Map<String, String> headers, byte[] body) {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        SortedMap<String, String> all = new TreeMap<>(headers);
        all.putIfAbsent("host", host());
        all.putIfAbsent("connection", "close");
        if (body.length > 0) {
            all.putIfAbsent("content-length", Integer.toString(body.length));
        }
        all.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        request.writeBytes(body);
        return RawHttp.send(port, request.toByteArray());
    }

    public static String query(SortedMap<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(it -> encode(it.getKey()) + "=" + encode(it.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] hmac(String algorithm, String key, String text) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), algorithm));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}

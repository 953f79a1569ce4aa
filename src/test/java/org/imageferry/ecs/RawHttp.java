package org.imageferry.ecs;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Sends requests byte by byte as given, which no HTTP client lets us do.
public final class RawHttp {
    private static final JsonMapper JSON = new JsonMapper();

    private RawHttp() {}

    /// @param headers by their names in lower case
    /// @param octets the body, a character for each byte
    public record Reply(int status, Map<String, String> headers, String octets) {
        public byte[] bytes() {
            return octets.getBytes(StandardCharsets.ISO_8859_1);
        }

        public String text() {
            return new String(bytes(), StandardCharsets.UTF_8);
        }

        public JsonNode json() {
            return JSON.readTree(bytes());
        }

        public String header(String name) {
            return headers.getOrDefault(name, "");
        }

        public String code() {
            return json().path("Code").asString("");
        }

        public String message() {
            return json().path("Message").asString("");
        }
    }

    /// The whole request in one go; asks the server to close, so that all it says is the answer.
    public static Reply send(int port, byte[] request) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write(request);
            out.flush();
            socket.shutdownOutput();
            return reply(socket.getInputStream().readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Reply reply(byte[] all) {
        String text = new String(all, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        String[] lines = text.substring(0, end).split("\r\n", -1);
        Map<String, String> headers = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            String[] both = lines[i].split(":", 2);
            headers.put(both[0].toLowerCase(Locale.ROOT), both[1].strip());
        }
        return new Reply(
                Integer.parseInt(lines[0].split(" ", 3)[1]), headers, text.substring(end + 4));
    }
}

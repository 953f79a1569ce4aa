import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.imageferry.ecs.client.Acs3Signer;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.Credentials;

/// One connection, kept alive, with one signed request on it at a time. It is plain so that it takes
/// little of the processors that it shares with the server which it measures.
final class LoadClient implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final String host;
    private final Acs3Signer signer;

    LoadClient(String endpoint, Credentials credentials) throws IOException {
        URI uri = URI.create(endpoint);
        this.host = uri.getAuthority();
        this.socket = new Socket(uri.getHost(), uri.getPort());
        socket.setTcpNoDelay(true);
        this.in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        this.out = socket.getOutputStream();
        this.signer = new Acs3Signer(credentials);
    }

    /// An answer, and how long it took from the first byte sent to the last one received.
    record Timed(int status, String body, long nanos) {}

    Timed call(Call call) throws IOException {
        byte[] request = request(call);
        long start = System.nanoTime();
        out.write(request);
        out.flush();
        int status = Integer.parseInt(line().split(" ", 3)[1]);
        int length = 0;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(lower.substring("content-length:".length()).strip());
            }
        }
        byte[] body = in.readNBytes(length);
        long nanos = System.nanoTime() - start;
        return new Timed(status, new String(body, StandardCharsets.UTF_8), nanos);
    }

    private byte[] request(Call call) {
        String date = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        StringBuilder text = new StringBuilder(1024);
        text.append("POST /?").append(query(call)).append(" HTTP/1.1\r\nhost: ").append(host);
        signer.headers(call, host, date, UUID.randomUUID().toString())
                .forEach((name, value) ->
                        text.append("\r\n").append(name).append(": ").append(value));
        text.append("\r\ncontent-length: 0\r\n\r\n");
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String query(Call call) {
        return call.parameters().entrySet().stream()
                .map(LoadClient::pair)
                .collect(Collectors.joining("&"));
    }

    /// All that the calls here send is encoded by both rules alike.
    private static String pair(Map.Entry<String, String> parameter) {
        return parameter.getKey()
                + "="
                + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder(64);
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("the server closed the connection");
            }
            if (b != '\r') {
                line.append((char) b);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

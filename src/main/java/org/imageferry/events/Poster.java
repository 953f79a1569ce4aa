package org.imageferry.events;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.imageferry.domain.WebhookUrl;

/// Posts something to a stranger's address, and learns no more from the answer than its status.
///
/// The host's name is resolved once, and the connection made to the very address that was looked at: a
/// name that leads elsewhere a moment later leads nobody astray. No HTTP client of the JDK lets that be
/// done, and what is needed of HTTP is little: RFC 9112, sections 3 to 4 and 9.6. What comes after the
/// status is not read, so it may be as long as it likes.
final class Poster {
    /// Of connecting, handshake, and the answer's beginning together. Standard Webhooks 1.0.0, "Request
    /// timeouts", recommends 15 to 30 seconds.
    static final Duration LONGEST = Duration.ofSeconds(15);

    private static final int MOST_HEAD_BYTES = 16 << 10;
    private static final int MOST_INTERIM = 5;
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2}).*");

    private final Outside outside;
    private final Duration longest;

    Poster(Outside outside) {
        this(outside, LONGEST);
    }

    Poster(Outside outside, Duration longest) {
        this.outside = outside;
        this.longest = longest;
    }

    /// @return the status of the answer
    /// @throws IOException if there is none, or if it may not be asked; the message says why
    int post(WebhookUrl url, Map<String, String> headers, byte[] body) throws IOException {
        InetAddress address = address(url);
        try (TimedSocket plain = new TimedSocket(outside.clock(), longest)) {
            plain.setTcpNoDelay(true);
            plain.connect(new InetSocketAddress(address, url.port()));
            Socket socket = url.secure() ? secured(plain, url) : plain;
            OutputStream out = socket.getOutputStream();
            out.write(head(url, headers, body.length).getBytes(StandardCharsets.US_ASCII));
            out.write(body);
            out.flush();
            return status(socket.getInputStream());
        } catch (SocketTimeoutException e) {
            throw new IOException("there was no answer within " + longest.toSeconds() + " s", e);
        }
    }

    private InetAddress address(WebhookUrl url) throws IOException {
        if (!url.secure() && !outside.privateAddresses()) {
            throw new IOException("it is in plain HTTP, which the server's settings do not allow");
        }
        try {
            return outside.names().find(url.host()).stream()
                    .filter(outside::permits)
                    .findFirst()
                    .orElseThrow(() ->
                            new IOException(
                                    url.host()
                                            + " has no public address, and the server's settings"
                                            + " allow no others"));
        } catch (UnknownHostException e) {
            throw new IOException("there is no host " + url.host(), e);
        }
    }

    /// The certificate must be the host's, not the address's: the name is sent and verified as the URL
    /// has it.
    private Socket secured(Socket plain, WebhookUrl url) throws IOException {
        SSLSocket socket =
                (SSLSocket) outside.tls().createSocket(plain, url.host(), url.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static String head(WebhookUrl url, Map<String, String> headers, int length) {
        StringBuilder head = new StringBuilder();
        head.append("POST ").append(url.target()).append(" HTTP/1.1\r\n");
        head.append("host: ").append(url.authority()).append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("content-length: ").append(length).append("\r\n");
        return head.append("connection: close\r\n\r\n").toString();
    }

    /// Interim answers, such as 103, come before the one that counts. Source: RFC 9110, section 15.2.
    private static int status(InputStream in) throws IOException {
        Lines lines = new Lines(in);
        for (int i = 0; i <= MOST_INTERIM; i++) {
            Matcher matcher = STATUS_LINE.matcher(lines.next());
            if (!matcher.matches()) {
                break;
            }
            int status = Integer.parseInt(matcher.group(1));
            if (status >= 200) {
                return status;
            }
            while (!lines.next().isEmpty()) {
                // the interim answer's headers
            }
        }
        throw new ProtocolException("what it answers is not HTTP/1.1");
    }

    /// Lines of a head, which is so long and no longer.
    private static final class Lines {
        private final InputStream in;
        private int left = MOST_HEAD_BYTES;

        Lines(InputStream in) {
            this.in = in;
        }

        String next() throws IOException {
            StringBuilder line = new StringBuilder();
            int next = in.read();
            while (next != '\n') {
                if (next < 0 || --left == 0) {
                    throw new ProtocolException(
                            next < 0 ? "it gave no answer" : "its answer's head is too long");
                }
                line.append((char) next);
                next = in.read();
            }
            return line.toString().stripTrailing();
        }
    }
}

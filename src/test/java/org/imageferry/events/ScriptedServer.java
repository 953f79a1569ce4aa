package org.imageferry.events;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Takes whatever connects, reads one request, and answers what a test wants it to: HTTP or not.
final class ScriptedServer implements AutoCloseable {
    /// What it says, and how.
    interface Script {
        void answer(OutputStream out) throws IOException, InterruptedException;
    }

    private final ServerSocket server;
    private final Script script;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Thread thread;

    ScriptedServer(Script script) throws IOException {
        this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), script);
    }

    ScriptedServer(ServerSocket server, Script script) {
        this.server = server;
        this.script = script;
        this.thread = Thread.ofVirtual().start(this::serve);
    }

    /// Answers this text.
    static ScriptedServer saying(String answer) throws IOException {
        return new ScriptedServer(out -> out.write(answer.getBytes(StandardCharsets.US_ASCII)));
    }

    static ScriptedServer answering(int status) throws IOException {
        return saying("HTTP/1.1 " + status + " Whatever\r\ncontent-length: 0\r\n\r\n");
    }

    int port() {
        return server.getLocalPort();
    }

    String url() {
        return "http://127.0.0.1:" + port() + "/hook";
    }

    /// Heads and bodies as they came.
    List<String> requests() {
        return requests;
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                requests.add(read(socket.getInputStream()));
                OutputStream out = socket.getOutputStream();
                script.answer(out);
                out.flush();
            } catch (IOException e) {
                // the other side has gone, or the test is over
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static String read(InputStream in) throws IOException {
        StringBuilder request = new StringBuilder();
        while (request.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return request.toString();
            }
            request.append((char) next);
        }
        int length =
                Integer.parseInt(
                        request.toString().replaceFirst("(?s).*content-length: ([0-9]+).*", "$1"));
        return request + new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            server.close();
            thread.interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

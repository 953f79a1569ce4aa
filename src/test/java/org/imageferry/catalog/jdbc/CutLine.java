package org.imageferry.catalog.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;

/// A line to a PostgreSQL that is cut at the next commit which changes anything.
final class CutLine implements AutoCloseable {
    enum Cut {
        /// What is to be committed does not arrive.
        BEFORE_THE_COMMIT,
        /// It is committed, but the answer does not arrive.
        AFTER_THE_COMMIT,
        /// It stays on its way until [#deliver].
        ON_THE_WAY
    }

    private static final String COMMIT =
            "insert into commit_mark (slot, number, at) values ($1, $2";
    private static final int CHUNK_BYTES = 64 << 10;

    private final int server;
    private final ServerSocket entry;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicReference<Cut> next = new AtomicReference<>();
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private volatile byte[] held = new byte[0];
    private volatile Socket holding = new Socket();

    /// @param server its port on this machine
    CutLine(int server) throws IOException {
        this.server = server;
        this.entry = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(this::accept);
    }

    int port() {
        return entry.getLocalPort();
    }

    void cut(Cut how) {
        next.set(how);
    }

    /// Nobody else gets through, and once anybody is cut off all are.
    void refuse() {
        try {
            entry.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Lets through what is on its way.
    ///
    /// @return what the server says to that
    String deliver() {
        try {
            holding.getOutputStream().write(held);
            return answers.take();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket client = entry.accept();
                Socket there = new Socket(InetAddress.getLoopbackAddress(), server);
                sockets.addAll(List.of(client, there));
                Line line = new Line(client, there);
                Thread.ofPlatform().daemon().start(() -> line.carry(line::carryThere));
                Thread.ofPlatform().daemon().start(() -> line.carry(line::carryBack));
            }
        } catch (IOException e) {
            // refused, or closed
        }
    }

    private interface Carrying {
        void run() throws IOException;
    }

    private final class Line {
        private final Socket client;
        private final Socket there;
        private volatile boolean mute;
        private volatile boolean taken;

        Line(Socket client, Socket there) {
            this.client = client;
            this.there = there;
        }

        /// When one hangs up, the other hears it.
        void carry(Carrying carrying) {
            try {
                try {
                    carrying.run();
                } finally {
                    client.close();
                    if (!taken) {
                        there.close();
                    }
                }
            } catch (IOException e) {
                // hung up in the middle of a word
            }
        }

        void carryThere() throws IOException {
            byte[] buffer = new byte[CHUNK_BYTES];
            int length = client.getInputStream().read(buffer);
            while (length > 0) {
                String text = new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
                Cut cut = text.contains(COMMIT) ? next.getAndSet(null) : null;
                if (cut != null && !cutsAt(cut, Arrays.copyOf(buffer, length))) {
                    return;
                }
                there.getOutputStream().write(buffer, 0, length);
                length = client.getInputStream().read(buffer);
            }
        }

        /// @return whether what was said still goes on
        private boolean cutsAt(Cut cut, byte[] said) throws IOException {
            switch (cut) {
                case BEFORE_THE_COMMIT -> {}
                case AFTER_THE_COMMIT -> mute = true;
                case ON_THE_WAY -> {
                    taken = true;
                    held = said;
                    holding = there;
                }
            }
            return cut == Cut.AFTER_THE_COMMIT;
        }

        void carryBack() throws IOException {
            byte[] buffer = new byte[CHUNK_BYTES];
            int length = there.getInputStream().read(buffer);
            while (length > 0 && !mute) {
                if (taken) {
                    answers.add(new String(buffer, 0, length, StandardCharsets.UTF_8));
                } else {
                    client.getOutputStream().write(buffer, 0, length);
                }
                length = there.getInputStream().read(buffer);
            }
            if (entry.isClosed()) {
                closeAll();
            }
        }
    }

    @Override
    public void close() throws IOException {
        refuse();
        closeAll();
    }

    private void closeAll() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}

package org.imageferry.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The way from one node to a server on this machine, which can be cut or blocked, and mended.
final class Cable implements AutoCloseable {
    private static final int CHUNK_BYTES = 64 << 10;

    private final int server;
    private final ServerSocket entry;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition unblocked = lock.newCondition();
    private volatile boolean cut;
    private boolean blocked; // guarded by the lock

    /// @param server its port on this machine
    Cable(int server) throws IOException {
        this.server = server;
        this.entry = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(this::accept);
    }

    int port() {
        return entry.getLocalPort();
    }

    /// Hangs up on all, and lets nobody in.
    void cut() {
        cut = true;
        hangUp();
    }

    /// Connections stay, but nothing comes through.
    void block() {
        setBlocked(true);
    }

    /// All is well again. What was blocked comes through now.
    void mend() {
        cut = false;
        setBlocked(false);
    }

    private void setBlocked(boolean now) {
        lock.lock();
        try {
            blocked = now;
            unblocked.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void awaitUnblocked() {
        lock.lock();
        try {
            while (blocked) {
                unblocked.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket client = entry.accept();
                Thread.ofVirtual().start(() -> connect(client));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void connect(Socket client) {
        sockets.add(client);
        awaitUnblocked();
        try {
            Socket there = new Socket(InetAddress.getLoopbackAddress(), server);
            sockets.add(there);
            Thread.ofVirtual().start(() -> carry(client, there));
            Thread.ofVirtual().start(() -> carry(there, client));
        } catch (IOException e) {
            close(client);
        }
        if (cut) {
            hangUp();
        }
    }

    /// When one hangs up, the other hears it.
    private void carry(Socket from, Socket to) {
        byte[] chunk = new byte[CHUNK_BYTES];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(chunk); length > 0; length = in.read(chunk)) {
                awaitUnblocked();
                out.write(chunk, 0, length);
            }
        } catch (IOException e) {
            // hung up in the middle of a word
        } finally {
            close(from);
            close(to);
        }
    }

    private void hangUp() {
        Set.copyOf(sockets).forEach(this::close);
    }

    private void close(Socket socket) {
        sockets.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            // it is gone
        }
    }

    @Override
    public void close() throws IOException {
        entry.close();
        cut();
        setBlocked(false);
    }
}

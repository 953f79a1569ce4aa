package org.imageferry.events;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A connection that is over after a time, however slowly the other side goes on talking. A TLS connection
/// on top of it is, too.
final class TimedSocket extends Socket {
    private final InstantSource clock;
    private final Instant end;
    private final Duration most;

    TimedSocket(InstantSource clock, Duration most) {
        this.clock = clock;
        this.most = most;
        this.end = clock.instant().plus(most);
    }

    /// Milliseconds that are left: at least one, and never more than there were in all, should the clock
    /// be set back.
    private int left() throws SocketTimeoutException {
        Duration left = Duration.between(clock.instant(), end);
        if (!left.isPositive()) {
            throw new SocketTimeoutException("it took longer than " + most.toSeconds() + " s");
        }
        return (int) Math.clamp(left.toMillis(), 1, most.toMillis());
    }

    @Override
    public void connect(SocketAddress address) throws IOException {
        super.connect(address, left());
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                setSoTimeout(left());
                return super.read(bytes, from, length);
            }
        };
    }
}

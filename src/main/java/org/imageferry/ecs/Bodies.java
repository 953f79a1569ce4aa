package org.imageferry.ecs;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.imageferry.domain.Digest;
import org.jspecify.annotations.Nullable;

/// Reads bodies into memory: each up to a length, and of the larger ones only a few at once.
///
/// What is small needs no permit, so that a few slow senders of large bodies keep nobody from asking.
public final class Bodies {
    private static final int SMALL = 64 << 10;

    /// Of a body that is too long, so much is read and dropped before it is refused.
    private static final int MOST_DROPPED = 2 << 20;

    private static final long PATIENCE_SECONDS = 30;

    private final int most;
    private final Semaphore large;

    /// @param most bytes of a body
    /// @param atOnce how many bodies above 64 KiB may be in memory
    public Bodies(int most, int atOnce) {
        this.most = most;
        this.large = new Semaphore(atOnce);
    }

    /// A right to hold a large buffer; given back when closed.
    public interface Permit extends AutoCloseable {
        @Override
        void close();
    }

    /// A body that was read; close it when it is no longer needed. For one thread.
    public static final class Body implements AutoCloseable {
        private final byte[] bytes;
        private final Permit permit;
        private @Nullable Digest digest;

        private Body(byte[] bytes, Permit permit) {
            this.bytes = bytes;
            this.permit = permit;
        }

        /// Not a copy.
        public byte[] bytes() {
            return bytes;
        }

        /// Their SHA-256, computed once: of a large body that takes longer than to read it.
        public Digest digest() {
            Digest known = digest;
            if (known == null) {
                known = Sha256.of(bytes);
                digest = known;
            }
            return known;
        }

        @Override
        public void close() {
            permit.close();
        }
    }

    /// @throws EcsException if the body is too long, or there is no place for it in time
    public Body read(Request request) throws IOException {
        long announced =
                request.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH); // -1: unknown
        InputStream in = Request.asInputStream(request);
        if (announced > most) {
            throw tooLarge(in);
        }
        if (announced >= 0 && announced <= SMALL) {
            return new Body(exactly(in, (int) announced), () -> {});
        }
        byte[] start = announced > SMALL ? new byte[0] : in.readNBytes(SMALL);
        if (announced < 0 && start.length < SMALL) {
            return new Body(start, () -> {});
        }
        Permit permit = permit();
        try {
            return new Body(rest(in, start, announced), permit);
        } catch (IOException | RuntimeException e) {
            permit.close();
            throw e;
        }
    }

    /// Reads on for a while: a client that is still sending when we close hears of a reset connection,
    /// and not our answer.
    private EcsException tooLarge(InputStream in) {
        byte[] dropped = new byte[SMALL];
        try {
            int left = MOST_DROPPED;
            int read = in.read(dropped);
            while (read >= 0 && left > 0) {
                left -= read;
                read = in.read(dropped);
            }
        } catch (IOException e) {
            // Announced, but never sent: it is refused all the same.
        }
        return new EcsException(GatewayErrors.tooLarge(most));
    }

    private byte[] rest(InputStream in, byte[] start, long announced) throws IOException {
        if (announced >= 0) {
            return exactly(in, (int) announced);
        }
        byte[] bytes = Arrays.copyOf(start, most + 1);
        int read = start.length + in.readNBytes(bytes, start.length, bytes.length - start.length);
        if (read > most) {
            throw tooLarge(in);
        }
        return Arrays.copyOf(bytes, read);
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        byte[] bytes = new byte[length];
        int read = in.readNBytes(bytes, 0, length);
        if (read < length) {
            throw new IOException("the body ended after " + read + " of " + length + " bytes");
        }
        return bytes;
    }

    /// Waits for a place for a large buffer.
    ///
    /// @throws EcsException `ServiceUnavailable` if there is none for long
    public Permit permit() {
        try {
            if (!large.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new EcsException(
                        CommonErrors.UNAVAILABLE.advising(
                                "Too many large requests at once; try again."));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EcsException(CommonErrors.UNAVAILABLE.advising("The server is stopping."));
        }
        return large::release;
    }
}

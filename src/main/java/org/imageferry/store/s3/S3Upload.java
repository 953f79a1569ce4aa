package org.imageferry.store.s3;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.imageferry.domain.Digest;
import org.imageferry.domain.ObjectKey;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.store.BucketObject;
import org.imageferry.store.Extent;
import org.imageferry.store.Scratch;
import org.imageferry.store.StoreException;
import org.imageferry.store.StoreException.Kind;
import org.imageferry.store.Upload;

/// Gathers an object in a scratch file, then sends it. It is seen when the last part has arrived and
/// the server was told so, not before.
final class S3Upload implements Upload {
    private final S3Connection connection;
    private final S3Place place;
    private final ObjectKey key;
    private final long length;
    private final S3Buckets.Sending sending;
    private final String token;
    // Guarded by this:
    private final TreeMap<Long, Arrived> arrived = new TreeMap<>();
    private final Scratch.Draft draft;
    private Optional<MultipartSend> sent = Optional.empty();
    private boolean ended;

    private S3Upload(
            S3Connection connection,
            S3Place place,
            ObjectKey key,
            long length,
            S3Buckets.Sending sending)
            throws StoreException {
        this.connection = connection;
        this.place = place;
        this.key = key;
        this.length = length;
        this.sending = sending;
        this.token = sending.token();
        this.draft = sending.scratch().draft(token);
    }

    static S3Upload begin(
            S3Connection connection,
            S3Place place,
            ObjectKey key,
            long length,
            S3Buckets.Sending sending)
            throws StoreException {
        S3Upload upload = new S3Upload(connection, place, key, length, sending);
        S3Upload before = sending.newest().put(place.key(key.value()), upload);
        if (before != null) {
            before.discard();
        }
        return upload;
    }

    @Override
    public synchronized void put(long offset, ByteBuffer content, Digest digest)
            throws StoreException {
        requireUnderWay();
        int bytes = content.remaining();
        if (offset < 0 || offset > length - bytes) {
            throw new RefusedException(
                    new Refusal.UploadMismatch(
                            key,
                            "%d bytes at %d are not inside its %d bytes"
                                    .formatted(bytes, offset, length)));
        }
        if (sent.isPresent()) {
            throw new IllegalStateException("object " + key + " is being sent already");
        }
        if (bytes > 0) {
            draft.put(offset, content);
            note(new Arrived(new Extent(offset, bytes), digest));
        }
    }

    private void note(Arrived extent) {
        Map.Entry<Long, Arrived> last = arrived.lowerEntry(extent.extent().end());
        while (last != null && last.getValue().extent().end() > extent.extent().offset()) {
            arrived.remove(last.getKey());
            last = arrived.lowerEntry(extent.extent().end());
        }
        arrived.put(extent.extent().offset(), extent);
    }

    @Override
    public synchronized List<Arrived> arrived() throws StoreException {
        requireUnderWay();
        return List.copyOf(arrived.values());
    }

    @Override
    public synchronized <E extends Exception> void settle(Beat<E> beat) throws StoreException, E {
        requireUnderWay();
        if (sent.isPresent()) {
            return;
        }
        draft.finish(length);
        BucketObject file = sending.scratch().open(token).orElseThrow();
        MultipartSend send = new MultipartSend(connection, place, key, token, file, sending);
        sent = Optional.of(send);
        send.parts(beat);
    }

    @Override
    public synchronized void close() throws StoreException {
        settle(() -> {});
        if (sending.newest().get(place.key(key.value())) != this) {
            throw missing();
        }
        sent.orElseThrow().finish();
        end();
    }

    @Override
    public synchronized void discard() throws StoreException {
        if (!ended) {
            end();
        }
    }

    private void end() throws StoreException {
        ended = true;
        sending.newest().remove(place.key(key.value()), this);
        try {
            if (sent.isPresent()) {
                sent.get().close();
            }
        } finally {
            draft.close();
            sending.scratch().delete(token);
        }
    }

    private void requireUnderWay() throws StoreException {
        if (ended) {
            throw missing();
        }
    }

    private StoreException missing() {
        return new StoreException(
                Kind.MISSING, "there is no upload of " + key + " to " + place + " under way");
    }
}

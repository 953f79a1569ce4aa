package org.imageferry.store.s3;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.imageferry.domain.ObjectKey;
import org.imageferry.store.BucketObject;
import org.imageferry.store.StoreException;
import org.imageferry.store.StoreException.Kind;
import org.imageferry.store.Upload;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;

/// Sends a scratch file as an object: what is short in one piece at the end, what is long in parts
/// beforehand. Source: Amazon S3, "Multipart upload limits": 10,000 parts of 5 MiB at least.
final class MultipartSend implements AutoCloseable {
    private static final int LEAST_PART_BYTES = 16 << 20;
    private static final int MOST_PARTS = 10_000;
    private static final int PARTS_AT_ONCE = 4;
    private static final String TOKEN = "imageferry-upload";

    private final S3Connection connection;
    private final S3Place place;
    private final String key;
    private final String token;
    private final BucketObject file;
    private final S3Buckets.Sending sending;
    private final List<CompletedPart> parts = new ArrayList<>();
    private Optional<String> upload = Optional.empty();

    MultipartSend(
            S3Connection connection,
            S3Place place,
            ObjectKey key,
            String token,
            BucketObject file,
            S3Buckets.Sending sending) {
        this.connection = connection;
        this.place = place;
        this.key = place.key(key.value());
        this.token = token;
        this.file = file;
        this.sending = sending;
    }

    /// Sends all parts, a few at once.
    <E extends Exception> void parts(Upload.Beat<E> beat) throws StoreException, E {
        if (file.length() <= LEAST_PART_BYTES) {
            return;
        }
        String id = begin();
        long partBytes = Math.max(LEAST_PART_BYTES, file.length() / MOST_PARTS + 1);
        Deque<FutureTask<CompletedPart>> underWay = new ArrayDeque<>();
        try {
            for (int number = 1; (number - 1) * partBytes < file.length(); number++) {
                underWay.add(start(id, number, partBytes));
                if (underWay.size() == PARTS_AT_ONCE) {
                    parts.add(await(underWay.remove()));
                    beat.run();
                }
            }
            while (!underWay.isEmpty()) {
                parts.add(await(underWay.remove()));
                beat.run();
            }
        } finally {
            underWay.forEach(Ends::await); // or one would arrive after all was thrown away
        }
    }

    private String begin() throws StoreException {
        String id =
                connection.call(
                        S3Operation.POST,
                        "begin " + key,
                        0,
                        client ->
                                client.createMultipartUpload(it ->
                                                it.bucket(place.bucket())
                                                        .key(key)
                                                        .metadata(Map.of(TOKEN, token)))
                                        .uploadId());
        upload = Optional.of(id);
        sending.pending().add(token, key, id);
        return id;
    }

    private FutureTask<CompletedPart> start(String id, int number, long partBytes) {
        long from = (number - 1) * partBytes;
        long bytes = Math.min(partBytes, file.length() - from);
        FutureTask<CompletedPart> task = new FutureTask<>(() -> send(id, number, from, bytes));
        sending.executor().execute(task);
        return task;
    }

    private CompletedPart send(String id, int number, long from, long bytes) throws StoreException {
        String etag =
                connection.call(
                        S3Operation.PUT,
                        "send part " + number + " of " + key,
                        bytes,
                        client ->
                                client.uploadPart(
                                                it ->
                                                        it.bucket(place.bucket())
                                                                .key(key)
                                                                .uploadId(id)
                                                                .partNumber(number),
                                                body(from, bytes))
                                        .eTag());
        return CompletedPart.builder().partNumber(number).eTag(etag).build();
    }

    private RequestBody body(long from, long bytes) {
        return RequestBody.fromContentProvider(
                () -> new FileStream(file, from, bytes), bytes, "application/octet-stream");
    }

    private CompletedPart await(FutureTask<CompletedPart> part) throws StoreException {
        try {
            return part.get();
        } catch (InterruptedException e) {
            Ends.await(part);
            Thread.currentThread().interrupt();
            throw new StoreException(
                    Kind.FAILED,
                    "cannot send " + key + " (the thread was interrupted): try again",
                    e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StoreException ours) {
                throw ours;
            }
            throw new IllegalStateException("part of " + key, e.getCause());
        }
    }

    /// Makes the object visible.
    void finish() throws StoreException {
        if (upload.isEmpty()) {
            connection.call(
                    S3Operation.PUT,
                    "write " + key,
                    file.length(),
                    client ->
                            client.putObject(
                                    it -> it.bucket(place.bucket()).key(key),
                                    body(0, file.length())));
            return;
        }
        String id = upload.get();
        connection.call(
                S3Operation.POST,
                "end " + key,
                0,
                client -> {
                    try {
                        return client.completeMultipartUpload(it ->
                                it.bucket(place.bucket())
                                        .key(key)
                                        .uploadId(id)
                                        .multipartUpload(all -> all.parts(parts)));
                    } catch (NoSuchUploadException e) {
                        requireOurs(client, e); // an end whose answer was lost
                        return e;
                    }
                });
        upload = Optional.empty();
        sending.pending().remove(token);
    }

    private void requireOurs(S3Client client, NoSuchUploadException e) {
        HeadObjectResponse there = client.headObject(it -> it.bucket(place.bucket()).key(key));
        if (!token.equals(there.metadata().get(TOKEN))) {
            throw e;
        }
    }

    /// Throws away what was sent, unless it was finished.
    @Override
    public void close() throws StoreException {
        file.close();
        if (upload.isPresent()) {
            sending.pending().abort(token, key, upload.get());
            upload = Optional.empty();
        }
    }
}

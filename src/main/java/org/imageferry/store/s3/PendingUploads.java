package org.imageferry.store.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import org.imageferry.store.StoreException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.S3Object;

/// Notes beside the disk images which objects are being sent in parts, so that any node can throw away
/// what one that died has left: parts take room though nobody sees them. The server's own list does not
/// tell ours from those of other tools.
final class PendingUploads {
    /// No key of an object begins with a dot.
    private static final String FOLDER = ".uploads/";

    private final S3Connection connection;
    private final S3Place place;
    private final S3Objects objects;

    PendingUploads(S3Connection connection) {
        this.connection = connection;
        this.place = connection.place();
        this.objects = new S3Objects(connection, place);
    }

    /// @param key the whole key
    void add(String token, String key, String upload) throws StoreException {
        connection.call(
                S3Operation.PUT,
                "note the upload of " + key,
                0,
                client ->
                        client.putObject(
                                it -> it.bucket(place.bucket()).key(place.key(FOLDER + token)),
                                RequestBody.fromBytes((upload + "\n" + key).getBytes(UTF_8))));
    }

    void remove(String token) throws StoreException {
        objects.delete(FOLDER + token);
    }

    /// Throws away what was sent.
    void abort(String token, String key, String upload) throws StoreException {
        connection.call(
                S3Operation.DELETE,
                "throw away the parts of " + key,
                0,
                client -> {
                    try {
                        return client.abortMultipartUpload(
                                it -> it.bucket(place.bucket()).key(key).uploadId(upload));
                    } catch (NoSuchUploadException e) {
                        return e; // as it should be
                    }
                });
        remove(token);
    }

    /// @return how many were thrown away
    int forget(Instant before) throws StoreException {
        int forgotten = 0;
        String token = "";
        do {
            ListObjectsV2Response page = objects.list(FOLDER, token);
            for (S3Object note : page.contents()) {
                if (note.lastModified().isBefore(before)) {
                    forget(note.key());
                    forgotten++;
                }
            }
            boolean more = Boolean.TRUE.equals(page.isTruncated());
            token =
                    more && page.nextContinuationToken() != null
                            ? page.nextContinuationToken()
                            : "";
        } while (!token.isEmpty());
        return forgotten;
    }

    private void forget(String note) throws StoreException {
        String text =
                connection.call(
                        S3Operation.GET,
                        "read " + note,
                        0,
                        client ->
                                client.getObjectAsBytes(it -> it.bucket(place.bucket()).key(note))
                                        .asString(UTF_8));
        String[] parts = text.split("\n", 2);
        String token = note.substring(place.key(FOLDER).length());
        if (parts.length == 2 && parts[1].startsWith(place.prefix())) {
            abort(token, parts[1], parts[0]);
        } else {
            remove(token);
        }
    }
}

package org.imageferry.store.s3;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import org.imageferry.store.StoreException;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// The requests about objects below a place's prefix that regions and buckets share.
///
/// A bucket that is gone is told from an object that is not there: where an answer may mean either, the
/// bucket is asked for.
final class S3Objects {
    private static final int ABSENT = 404;

    private final S3Connection connection;
    private final S3Place place;
    private final BucketCheck bucket;

    S3Objects(S3Connection connection, S3Place place) {
        this.connection = connection;
        this.place = place;
        this.bucket = new BucketCheck(connection);
    }

    /// Fills `into` from its position to its limit, which is more than no bytes.
    ///
    /// @param etag of the object as it must still be; empty for any
    /// @throws StoreException `MISSING` if there is no such object, `DAMAGED` if it ends too early
    void read(String name, String etag, long offset, ByteBuffer into) throws StoreException {
        long last = offset + into.remaining() - 1;
        GetObjectRequest.Builder request =
                GetObjectRequest.builder()
                        .bucket(place.bucket())
                        .key(place.key(name))
                        .range("bytes=" + offset + "-" + last);
        if (!etag.isEmpty()) {
            request.ifMatch(etag);
        }
        connection.call(
                S3Operation.GET,
                "read " + into.remaining() + " bytes at " + offset + " of " + name,
                into.remaining(),
                client -> client.getObject(request.build(), Bodies.fill(into, offset)));
    }

    /// Whether the object holds just these bytes.
    ///
    /// @throws StoreException `MISSING` if there is no such object
    boolean same(String name, ByteBuffer content) throws StoreException {
        return connection.call(
                S3Operation.GET,
                "compare " + name,
                content.remaining(),
                client ->
                        client.getObject(
                                it -> it.bucket(place.bucket()).key(place.key(name)),
                                Bodies.same(content)));
    }

    /// @return nothing if there is no such object
    OptionalLong length(String name) throws StoreException {
        Optional<HeadObjectResponse> found = head(name);
        return found.isPresent()
                ? OptionalLong.of(found.get().contentLength())
                : OptionalLong.empty();
    }

    /// @return nothing if there is no such object
    Optional<HeadObjectResponse> head(String name) throws StoreException {
        Optional<HeadObjectResponse> found =
                connection.call(
                        S3Operation.HEAD,
                        "find " + name,
                        0,
                        client -> {
                            try {
                                return Optional.of(
                                        client.headObject(it ->
                                                it.bucket(place.bucket()).key(place.key(name))));
                            } catch (S3Exception e) {
                                if (e.statusCode() == ABSENT) {
                                    return Optional.empty();
                                }
                                throw e;
                            }
                        });
        if (found.isEmpty()) {
            bucket.require();
        }
        return found;
    }

    /// Does nothing if there is no such object.
    void delete(String name) throws StoreException {
        boolean there =
                connection.call(
                        S3Operation.DELETE,
                        "delete " + name,
                        0,
                        client -> {
                            try {
                                client.deleteObject(
                                        it -> it.bucket(place.bucket()).key(place.key(name)));
                                return true;
                            } catch (S3Exception e) {
                                if (e.statusCode() == ABSENT) {
                                    return false;
                                }
                                throw e;
                            }
                        });
        if (there) {
            bucket.requireSeen();
        } else {
            bucket.require();
        }
    }

    /// A page of the keys below a folder.
    ///
    /// @param token where the page before ended; empty for the first
    ListObjectsV2Response list(String folder, String token) throws StoreException {
        return connection.call(
                S3Operation.LIST,
                "list " + (folder.isEmpty() ? "all" : folder),
                0,
                client ->
                        client.listObjectsV2(it -> {
                            it.bucket(place.bucket()).prefix(place.key(folder));
                            if (!token.isEmpty()) {
                                it.continuationToken(token);
                            }
                        }));
    }
}

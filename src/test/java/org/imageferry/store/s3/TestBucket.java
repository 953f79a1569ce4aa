package org.imageferry.store.s3;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/// A bucket of a test's own on the real server.
public final class TestBucket implements AutoCloseable {
    /// So that stray objects of others in a bucket are a case of every test.
    private static final String PREFIX = "ferry/";

    private final TestS3 server;
    private final String name;
    private final S3Client client;
    private boolean gone;

    private TestBucket(TestS3 server, String name) {
        this.server = server;
        this.name = name;
        this.client = S3Clients.open(place(), server.keys(), S3Limits.USUAL);
    }

    public static TestBucket make() {
        String name = "ferry-" + UUID.randomUUID().toString().toLowerCase(Locale.ROOT);
        TestBucket bucket = new TestBucket(TestS3.get(), name);
        bucket.client.createBucket(it -> it.bucket(name));
        return bucket;
    }

    public String name() {
        return name;
    }

    public S3Place place() {
        return new S3Place(Optional.of(server.endpoint()), "us-east-1", name, PREFIX, true);
    }

    public S3Login.Keys keys() {
        return server.keys();
    }

    /// All keys that begin so.
    public Stream<String> keys(String prefix) {
        return client
                .listObjectsV2Paginator(it -> it.bucket(name).prefix(prefix))
                .contents()
                .stream()
                .map(S3Object::key);
    }

    public void delete(String key) {
        client.deleteObject(it -> it.bucket(name).key(key));
    }

    S3Connection connect() {
        return new S3Connection(place(), server.keys(), S3Limits.USUAL, new NoRest());
    }

    public S3Client client() {
        return client;
    }

    public void vanish() {
        if (gone) {
            return;
        }
        gone = true;
        client.listObjectsV2Paginator(it -> it.bucket(name)).contents().stream()
                .map(S3Object::key)
                .toList()
                .forEach(this::delete);
        client.listMultipartUploads(it -> it.bucket(name))
                .uploads()
                .forEach(upload ->
                        client.abortMultipartUpload(it ->
                                it.bucket(name).key(upload.key()).uploadId(upload.uploadId())));
        client.deleteBucket(it -> it.bucket(name));
    }

    @Override
    public void close() {
        vanish();
        client.close();
    }
}

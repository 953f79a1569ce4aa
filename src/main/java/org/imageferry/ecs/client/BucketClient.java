package org.imageferry.ecs.client;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Brings disk images into the server's buckets and fetches them from there, extent by extent.
///
/// What is not sent is a hole and reads as zeros. Any number of threads may call.
public final class BucketClient {
    /// The longest stretch of an object that one call carries.
    public static final int MOST_EXTENT_BYTES = 16 << 20;

    private static final String DIGEST_PREFIX = "sha-256=:";

    private final EcsClient client;

    public BucketClient(EcsClient client) {
        this.client = client;
    }

    /// An extent that has arrived.
    ///
    /// @param sha256 lower-case hex
    public record Arrived(long offset, long length, String sha256) {}

    /// A stretch of an object that is no hole.
    public record Stretch(long offset, long length) {}

    /// An object as it lies in the bucket.
    ///
    /// @param stretches by offset
    public record Stored(long length, String etag, List<Stretch> stretches) {
        public Stored {
            stretches = List.copyOf(stretches);
        }
    }

    /// What has arrived of an upload of `length` bytes; nothing if there is none under way.
    public List<Arrived> arrived(RemoteObject object, long length) throws EcsFailure {
        Call call =
                Call.object("GET", "DescribeUpload", object)
                        .with("Length", length)
                        .with("Upload", "true");
        List<Arrived> arrived = new ArrayList<>();
        Optional<Answer> answer = unlessMissing(call);
        if (answer.isPresent()) {
            for (JsonNode extent : answer.get().object().path("Extents").values()) {
                arrived.add(
                        new Arrived(
                                extent.path("Offset").asLong(0),
                                extent.path("Length").asLong(0),
                                extent.path("Sha256").asString("")));
            }
        }
        return arrived;
    }

    /// Sends one extent; it is durable once this returns.
    ///
    /// @param length of the whole object
    public Arrived put(RemoteObject object, long length, long offset, Body body) throws EcsFailure {
        client.send(
                Call.object("PUT", "PutObjectExtent", object)
                        .with("Length", length)
                        .with("Offset", offset)
                        .with(body));
        return new Arrived(offset, body.length(), body.sha256());
    }

    /// Ends an upload: from then on the object is there, whole.
    ///
    /// @param extents all of them, in any order; the server compares them with what it has
    public void close(RemoteObject object, long length, List<Arrived> extents) throws EcsFailure {
        client.send(
                Call.object("POST", "CloseUpload", object)
                        .with("Length", length)
                        .with("Extents", extents.size())
                        .with("Sha256", digest(extents)));
    }

    /// SHA-256 over offset and length (both 8 bytes, big-endian) and digest of each extent, by offset.
    static String digest(List<Arrived> extents) {
        MessageDigest sha = Sha256.fresh();
        extents.stream()
                .sorted(Comparator.comparingLong(Arrived::offset))
                .forEach(extent -> {
                    ByteBuffer numbers = ByteBuffer.allocate(2 * Long.BYTES);
                    numbers.putLong(extent.offset()).putLong(extent.length());
                    sha.update(numbers.array());
                    sha.update(HexFormat.of().parseHex(extent.sha256()));
                });
        return HexFormat.of().formatHex(sha.digest());
    }

    /// @return nothing if there is no such object
    public Optional<Stored> find(RemoteObject object) throws EcsFailure {
        Call call = Call.object("GET", "DescribeObject", object).with("Extents", "true");
        Optional<Answer> answer = unlessMissing(call);
        return answer.isEmpty() ? Optional.empty() : Optional.of(stored(answer.get().object()));
    }

    private static Stored stored(ObjectNode answer) {
        List<Stretch> stretches = new ArrayList<>();
        for (JsonNode extent : answer.path("Extents").values()) {
            stretches.add(
                    new Stretch(extent.path("Offset").asLong(0), extent.path("Length").asLong(0)));
        }
        return new Stored(
                answer.path("Length").asLong(0), answer.path("ETag").asString(""), stretches);
    }

    /// Reads a range and checks it against the digest that came with it (RFC 9530, section 2).
    ///
    /// @param length at most [#MOST_EXTENT_BYTES]
    /// @throws EcsFailure `BAD_ANSWER` if the bytes are not the ones that the server sent off
    public byte[] read(RemoteObject object, long offset, int length) throws EcsFailure {
        Answer answer = client.send(Call.object("GET", "GetObject", object).bytes(offset, length));
        byte[] bytes = answer.bytes();
        String claimed = answer.header("Content-Digest");
        String actual = DIGEST_PREFIX + Base64.getEncoder().encodeToString(Sha256.of(bytes)) + ":";
        if (bytes.length != length || !claimed.equals(actual)) {
            throw new EcsFailure(
                    206,
                    EcsFailure.BAD_ANSWER,
                    "%d bytes at %d of %s arrived damaged: Content-Digest is '%s', theirs is '%s'"
                            .formatted(length, offset, object.key(), claimed, actual),
                    "");
        }
        return bytes;
    }

    /// Deletes the object, or what has arrived of it. Does nothing if there is neither.
    public void delete(RemoteObject object) throws EcsFailure {
        unlessMissing(Call.object("DELETE", "DeleteObject", object));
    }

    /// Only a missing object is nothing; a missing bucket or region is a failure like any other.
    private Optional<Answer> unlessMissing(Call call) throws EcsFailure {
        try {
            return Optional.of(client.send(call));
        } catch (EcsFailure failure) {
            if (failure.code().contains("Object") && failure.code().endsWith(".NotFound")) {
                return Optional.empty();
            }
            throw failure;
        }
    }
}

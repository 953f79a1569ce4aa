package org.imageferry.ecs.bucket;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.imageferry.ecs.Answer;
import org.imageferry.ecs.Bodies;
import org.imageferry.ecs.EcsException;
import org.imageferry.ecs.Edge;
import org.imageferry.ecs.Sha256;
import org.imageferry.ecs.TransferErrors;
import org.imageferry.store.BucketObject;
import org.imageferry.store.StoreException;

/// Reads a range of an object, with its digest. Source: RFC 9110, 14 (ranges); RFC 9530, 2
/// (Content-Digest).
final class GetObject implements BucketAction {
    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]{1,18})-([0-9]{1,18})");
    private static final int PARTIAL = 206;

    private final Bodies bodies;
    private final int most;

    /// @param bodies bounds how many ranges are in memory at once
    /// @param most bytes of one range
    GetObject(Bodies bodies, int most) {
        this.bodies = bodies;
        this.most = most;
    }

    @Override
    public String name() {
        return "GetObject";
    }

    @Override
    public String method() {
        return "GET";
    }

    @Override
    public String right() {
        return "GetObject";
    }

    @Override
    public Answer answer(Edge.Exchange exchange, BucketRequest request) throws StoreException {
        try (BucketObject object = DescribeObject.open(request)) {
            Range range = range(request.head().header("range"), object.length());
            Bodies.Permit permit = bodies.permit();
            try {
                ByteBuffer bytes = ByteBuffer.allocate(range.length());
                object.read(range.from(), bytes);
                return answer(object, range, bytes.flip(), permit);
            } catch (StoreException | RuntimeException e) {
                permit.close();
                throw e;
            }
        }
    }

    private static Answer answer(
            BucketObject object, Range range, ByteBuffer bytes, Bodies.Permit permit) {
        MessageDigest sha = Sha256.fresh();
        sha.update(bytes.duplicate());
        String digest = Base64.getEncoder().encodeToString(sha.digest());
        Map<String, String> headers =
                Map.of(
                        "Content-Range",
                        "bytes " + range.from() + "-" + range.to() + "/" + object.length(),
                        "Content-Digest",
                        "sha-256=:" + digest + ":",
                        "ETag",
                        "\"" + object.etag() + "\"");
        return new Answer(PARTIAL, "application/octet-stream", headers, bytes, permit::close);
    }

    /// @param to the last byte, which belongs to it
    private record Range(long from, long to) {
        int length() {
            return (int) (to - from + 1);
        }
    }

    private Range range(String header, long length) {
        Matcher match = RANGE.matcher(header);
        if (match.matches()) {
            long from = Long.parseLong(match.group(1));
            long to = Math.min(Long.parseLong(match.group(2)), length - 1);
            if (from <= to && to - from < most) {
                return new Range(from, to);
            }
        }
        throw new EcsException(
                TransferErrors.RANGE.advising(
                        "Range must be bytes=FIRST-LAST with at most "
                                + most
                                + " bytes of the "
                                + length
                                + " that the object has, not \""
                                + header
                                + "\"."));
    }
}

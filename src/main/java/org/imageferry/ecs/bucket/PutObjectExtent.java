package org.imageferry.ecs.bucket;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.ecs.Answer;
import org.imageferry.ecs.Bodies;
import org.imageferry.ecs.Edge;
import org.imageferry.store.StoreException;

/// Keeps one extent of an upload. Extents may come in any order, again, and at the same time.
final class PutObjectExtent implements BucketAction {
    @Override
    public String name() {
        return "PutObjectExtent";
    }

    @Override
    public String method() {
        return "PUT";
    }

    @Override
    public String right() {
        return "PutObject";
    }

    @Override
    public Answer answer(Edge.Exchange exchange, BucketRequest request)
            throws IOException, StoreException {
        long length = request.length();
        long offset = request.required("Offset", 0);
        try (Bodies.Body body = request.body().read()) {
            byte[] bytes = body.bytes();
            if (bytes.length == 0 || bytes.length > length - offset) {
                throw new RefusedException(
                        new Refusal.UploadMismatch(
                                request.key(),
                                bytes.length
                                        + " bytes at "
                                        + offset
                                        + " do not fit into an object of "
                                        + length));
            }
            request.bucket()
                    .upload(request.key(), length)
                    .put(offset, ByteBuffer.wrap(bytes), body.digest());
        }
        return Edge.success(exchange, name() + "Response", Extents.tree());
    }
}

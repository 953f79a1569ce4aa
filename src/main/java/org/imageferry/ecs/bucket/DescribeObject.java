package org.imageferry.ecs.bucket;

import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.ecs.Answer;
import org.imageferry.ecs.Edge;
import org.imageferry.store.BucketObject;
import org.imageferry.store.StoreException;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Tells how long an object is and where it has data.
final class DescribeObject implements BucketAction {
    @Override
    public String name() {
        return "DescribeObject";
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
        try (BucketObject object = open(request)) {
            ObjectNode tree = Extents.tree();
            tree.put("Length", object.length());
            tree.put("ETag", object.etag());
            ArrayNode extents = tree.putArray("Extents");
            object.extents(0, object.length()).forEach(extent -> Extents.add(extents, extent));
            return Edge.success(exchange, name() + "Response", tree);
        }
    }

    static BucketObject open(BucketRequest request) throws StoreException {
        return request.bucket()
                .open(request.key())
                .orElseThrow(() ->
                        new RefusedException(
                                new Refusal.UnknownObject(request.name(), request.key())));
    }
}

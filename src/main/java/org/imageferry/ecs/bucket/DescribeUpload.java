package org.imageferry.ecs.bucket;

import org.imageferry.ecs.Answer;
import org.imageferry.ecs.Edge;
import org.imageferry.store.StoreException;
import org.imageferry.store.Upload;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Tells which extents of an upload have arrived, so that a sender can go on where it stopped.
final class DescribeUpload implements BucketAction {
    @Override
    public String name() {
        return "DescribeUpload";
    }

    @Override
    public String method() {
        return "GET";
    }

    @Override
    public String right() {
        return "PutObject";
    }

    @Override
    public Answer answer(Edge.Exchange exchange, BucketRequest request) throws StoreException {
        long length = request.length();
        ObjectNode tree = Extents.tree().put("Length", length);
        ArrayNode extents = tree.putArray("Extents");
        for (Upload.Arrived arrived : request.bucket().upload(request.key(), length).arrived()) {
            Extents.add(extents, arrived.extent()).put("Sha256", arrived.digest().toString());
        }
        return Edge.success(exchange, name() + "Response", tree);
    }
}

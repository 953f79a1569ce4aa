package org.imageferry.ecs.bucket;

import org.imageferry.ecs.Answer;
import org.imageferry.ecs.Edge;
import org.imageferry.store.StoreException;

/// Deletes an object, and what has arrived of an upload in its place. There need be neither.
final class DeleteObject implements BucketAction {
    @Override
    public String name() {
        return "DeleteObject";
    }

    @Override
    public String method() {
        return "DELETE";
    }

    @Override
    public String right() {
        return "DeleteObject";
    }

    @Override
    public boolean changes() {
        return true;
    }

    @Override
    public Answer answer(Edge.Exchange exchange, BucketRequest request) throws StoreException {
        request.bucket().delete(request.key());
        return Edge.success(exchange, name() + "Response", Extents.tree());
    }
}

package org.imageferry.ecs.bucket;

import java.io.IOException;
import org.imageferry.ecs.Answer;
import org.imageferry.ecs.Edge;
import org.imageferry.store.StoreException;

/// One call of the bucket protocol.
interface BucketAction {
    /// As `x-acs-action` says it.
    String name();

    /// The HTTP method it must come with.
    String method();

    /// What a policy must allow of the product `oss`, such as `GetObject`.
    String right();

    /// Whether it changes anything that somebody would want to know of later. An upload does when it ends, not
    /// with each of its thousands of pieces.
    default boolean changes() {
        return false;
    }

    Answer answer(Edge.Exchange exchange, BucketRequest request) throws IOException, StoreException;
}

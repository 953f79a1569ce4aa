package org.imageferry.console;

import java.util.Optional;
import java.util.function.Function;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.imageferry.access.Principal;
import org.imageferry.ecs.Bodies;
import org.imageferry.ecs.EcsError;
import org.imageferry.ecs.EcsException;
import org.imageferry.ecs.Edge;
import org.imageferry.ecs.Head;
import org.imageferry.ecs.Proved;
import org.imageferry.ecs.bucket.BucketDesk;

/// Takes disks that a page's script uploads: calls as `docs/reference/buckets.md` has them, proved by the
/// session and its token in place of a signature.
final class Uploads {
    static final String TOKEN = "x-imageferry-token";

    private final Desks desks;
    private final Function<Head, Optional<Visitor>> visitors;

    /// @param visitors who sent it; nothing if nobody is logged in
    Uploads(Desks desks, Function<Head, Optional<Visitor>> visitors) {
        this.desks = desks;
        this.visitors = visitors;
    }

    /// Somebody who is logged in, as of now.
    record Visitor(Session session, Principal principal) {}

    /// Always answers.
    void serve(Request request, Response response, Callback callback) {
        Edge.Work work =
                desks.buckets()
                        .call(
                                request,
                                Links.BUCKETS,
                                exchange -> Proved.within(visitor(exchange.head()).principal(), ""),
                                new AsItCame());
        desks.edge().serve(request, response, callback, work);
    }

    private Visitor visitor(Head head) {
        return visitors.apply(head)
                .filter(_ -> Origins.same(head))
                .filter(it -> it.session().wrote(head.header(TOKEN)))
                .orElseThrow(() ->
                        new EcsException(
                                new EcsError(
                                        403,
                                        "Forbidden",
                                        "The session is over, or it is another one's page.",
                                        "Reload the page, log in, and choose the file again: the upload goes"
                                                + " on where it stopped.")));
    }

    /// To send a piece again does no harm, and nobody hears what could be sent again.
    private record AsItCame() implements BucketDesk.Terms {
        @Override
        public void check(Bodies.Body body) {
            // that it is what the page read is seen when the upload is closed, by its digest
        }

        @Override
        public void spend() {
            // it may be done twice
        }
    }
}

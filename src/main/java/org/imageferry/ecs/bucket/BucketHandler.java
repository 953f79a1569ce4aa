package org.imageferry.ecs.bucket;

import java.io.IOException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.imageferry.ecs.Acs3Signature;
import org.imageferry.ecs.Answer;
import org.imageferry.ecs.Authentication;
import org.imageferry.ecs.Bodies;
import org.imageferry.ecs.Edge;
import org.imageferry.ecs.Parameters;
import org.imageferry.ecs.Proved;
import org.imageferry.ecs.Replays;
import org.imageferry.store.StoreException;

/// Serves `/buckets/BUCKET/OBJECT`. The sender is proved before a byte of a body is read.
public final class BucketHandler extends Handler.Abstract {
    private static final String PREFIX = "/buckets/";

    private final Edge edge;
    private final Authentication authentication;
    private final Replays replays;
    private final BucketDesk desk;

    public BucketHandler(
            Edge edge, Authentication authentication, Replays replays, BucketDesk desk) {
        this.edge = edge;
        this.authentication = authentication;
        this.replays = replays;
        this.desk = desk;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String path = request.getHttpURI().getPath();
        if (path == null || !path.startsWith(PREFIX)) {
            return false;
        }
        edge.serve(request, response, callback, exchange -> answer(request, exchange));
        return true;
    }

    private Answer answer(Request request, Edge.Exchange exchange)
            throws IOException, StoreException {
        Acs3Signature signature =
                Acs3Signature.of(exchange.head(), Parameters.parse(exchange.head().query()));
        exchange.trail().claims(signature.accessKeyId());
        Proved sender = authentication.verify(signature);
        return desk.answer(request, exchange, sender, PREFIX, new Sealed(signature, sender));
    }

    /// The signature covers the body, and a call that was heard on the way is not done again.
    private final class Sealed implements BucketDesk.Terms {
        private final Acs3Signature signature;
        private final Proved sender;

        private Sealed(Acs3Signature signature, Proved sender) {
            this.signature = signature;
            this.sender = sender;
        }

        @Override
        public void check(Bodies.Body body) {
            signature.checkBody(body);
        }

        @Override
        public void spend() {
            replays.spend(sender.caller());
        }
    }
}

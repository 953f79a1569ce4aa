package org.imageferry.ecs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.imageferry.store.StoreException;
import tools.jackson.databind.node.ObjectNode;

/// Serves the actions at `/`: reads the request, proves its sender, brings it to the [Desk], answers.
///
/// It blocks while it reads and works, so it wants virtual threads. The signature covers the raw query
/// and form, so nothing may parse them before.
public final class EcsHandler extends Handler.Abstract {
    static final int MOST_BODY_BYTES = 1 << 20;
    private static final int LARGE_BODIES_AT_ONCE = 16;

    private final Edge edge;
    private final Authentication authentication;
    private final Desk desk;
    private final Bodies bodies = new Bodies(MOST_BODY_BYTES, LARGE_BODIES_AT_ONCE);

    public EcsHandler(Edge edge, Authentication authentication, Desk desk) {
        this.edge = edge;
        this.authentication = authentication;
        this.desk = desk;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        if (!"/".equals(request.getHttpURI().getPath())) {
            return false;
        }
        edge.serve(request, response, callback, exchange -> answer(request, exchange));
        return true;
    }

    private Answer answer(Request request, Edge.Exchange exchange)
            throws IOException, StoreException {
        Head head = exchange.head();
        if (!head.method().equals("GET") && !head.method().equals("POST")) {
            throw new EcsException(GatewayErrors.HTTP_METHOD);
        }
        Parameters query = Parameters.parse(head.query());
        exchange.answerIn(Format.of(head, query.text("Format")));
        try (Bodies.Body body = bodies.read(request)) {
            Parameters all = query.and(form(head, body));
            exchange.answerIn(Format.of(head, all.text("Format")));
            ActionKey key = ActionKey.of(head, all);
            Signed signed = signed(head, query, all, body);
            exchange.trail().claims(signed.accessKeyId());
            Proved sender = authentication.verify(signed);
            exchange.trail().proves(sender);
            ObjectNode tree =
                    desk.answer(
                            key.version(),
                            key.name(),
                            new ActionRequest(sender, all, head.host(), exchange.trail()));
            return Edge.success(exchange, key.name() + "Response", tree);
        }
    }

    private static Parameters form(Head head, Bodies.Body body) {
        return head.form()
                ? Parameters.parse(new String(body.bytes(), StandardCharsets.UTF_8))
                : Parameters.NONE;
    }

    private static Signed signed(Head head, Parameters query, Parameters all, Bodies.Body body) {
        if (!head.acs3()) {
            return RpcSignature.of(head, all);
        }
        Acs3Signature signature = Acs3Signature.of(head, query);
        signature.checkBody(body);
        return signature;
    }
}

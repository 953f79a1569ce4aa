package org.imageferry.console;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.imageferry.access.Keys;
import org.imageferry.ecs.Head;
import org.imageferry.ecs.Unread;

/// Serves the console below `/console/`, and leads browsers there from `/`.
///
/// Nothing of a page comes from another origin, nor does any script or style stand in it: the browser
/// is told to refuse both (W3C, "Content Security Policy Level 3"), so that a name which got through
/// unescaped would still do nothing.
public final class ConsoleHandler extends Handler.Abstract {
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; form-action 'self'; frame-ancestors 'none';"
                    + " base-uri 'none'";

    private final ConsoleDesk desk;
    private final Feeds feeds;
    private final Uploads uploads;

    /// @param behindTls whether browsers come by TLS though we see plain HTTP
    /// @param ids a new one each time that nobody can guess
    public ConsoleHandler(
            Desks desks,
            Keys keys,
            Seal seal,
            boolean behindTls,
            Pulse pulse,
            Supplier<String> ids,
            InstantSource clock) {
        this.desk = new ConsoleDesk(desks, keys, new Cookies(seal, behindTls), ids, clock);
        this.feeds = new Feeds(pulse, clock);
        this.uploads = new Uploads(desks, desk::visitor);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Head head = Head.of(request);
        if (head.path().equals("/") && browses(head)) {
            send(Reply.seeOther(Links.HOME), response, callback);
            return true;
        }
        if (!head.path().equals("/console") && !head.path().startsWith(Links.HOME)) {
            return false;
        }
        if (head.path().startsWith(Links.FEED)) {
            feed(head, response, callback);
        } else if (head.path().startsWith(Links.BUCKETS)) {
            protect(response);
            uploads.serve(request, response, callback);
        } else {
            send(desk.answer(request, head), response, callback);
        }
        return true;
    }

    /// A person's browser that was given the server's address, not a client's request for an action.
    private static boolean browses(Head head) {
        return head.method().equals("GET")
                && head.query().isEmpty()
                && !head.acs3()
                && head.header("accept").contains("text/html");
    }

    private static void protect(Response response) {
        response.getHeaders()
                .put("Content-Security-Policy", POLICY)
                .put("X-Content-Type-Options", "nosniff")
                .put("Referrer-Policy", "no-referrer")
                .put("Cross-Origin-Opener-Policy", "same-origin")
                .put("Cross-Origin-Resource-Policy", "same-origin");
    }

    private static void send(Reply reply, Response response, Callback callback) {
        protect(response);
        response.setStatus(reply.status());
        ByteBuffer body = ByteBuffer.wrap(reply.body().getBytes(StandardCharsets.UTF_8));
        reply.headers().forEach(response.getHeaders()::put);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, reply.contentType());
        if (reply.status() != 304) {
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.remaining());
        }
        Unread.drop(response);
        response.write(true, body, callback);
    }

    private void feed(Head head, Response response, Callback callback) {
        Optional<Visit> visit = desk.visit(head);
        Optional<Page> page = desk.page(head, Links.FEED);
        if (visit.isEmpty() || page.isEmpty()) {
            send(Reply.empty(visit.isEmpty() ? 401 : 404), response, callback);
        } else if (!feeds.enter()) {
            send(Reply.empty(503), response, callback);
        } else {
            try {
                stream(page.get(), visit.get(), response, callback);
            } finally {
                feeds.leave();
            }
        }
    }

    private void stream(Page page, Visit visit, Response response, Callback callback) {
        protect(response);
        response.setStatus(200);
        response.getHeaders()
                .put(HttpHeader.CONTENT_TYPE, "text/event-stream")
                .put(HttpHeader.CACHE_CONTROL, "no-store");
        try (OutputStream out = Content.Sink.asOutputStream(response)) {
            feeds.run(page, visit, session -> desk.asker(session, visit), out);
            callback.succeeded();
        } catch (IOException e) {
            callback.failed(e); // the viewer is gone
        }
    }
}

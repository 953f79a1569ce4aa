package org.imageferry.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.imageferry.metrics.Metrics;

/// Serves the metrics at `/metrics`.
final class MetricsHandler extends Handler.Abstract {
    private static final String PATH = "/metrics";

    private final Metrics metrics;
    private final MetricsReaders readers;

    MetricsHandler(Metrics metrics, MetricsReaders readers) {
        this.metrics = metrics;
        this.readers = readers;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        if (!PATH.equals(request.getHttpURI().getPath()) || !request.getMethod().equals("GET")) {
            return false;
        }
        if (readers.admit(request)) {
            String accept =
                    Optional.ofNullable(request.getHeaders().get(HttpHeader.ACCEPT)).orElse("");
            send(HttpStatus.OK_200, metrics.page(accept), response, callback);
        } else {
            String why = "not everybody may read the metrics: " + readers.advice() + "\n";
            Metrics.Page refusal =
                    new Metrics.Page(
                            "text/plain; charset=utf-8",
                            ByteBuffer.wrap(why.getBytes(StandardCharsets.UTF_8)));
            response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer");
            send(HttpStatus.UNAUTHORIZED_401, refusal, response, callback);
        }
        return true;
    }

    private static void send(int status, Metrics.Page page, Response response, Callback callback) {
        ByteBuffer body = page.body();
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, page.contentType());
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.remaining());
        response.write(true, body, callback);
    }
}

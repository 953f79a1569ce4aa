package org.imageferry.ecs;

import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives HTTP's own errors the form of the others: a path that nobody serves, a request that is not
/// one, headers too long, a fault in a handler.
final class HttpErrors extends ErrorHandler {
    private static final Logger LOG = LoggerFactory.getLogger(HttpErrors.class);
    private final Edge edge;

    HttpErrors(Edge edge) {
        this.edge = edge;
    }

    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int status,
            String message,
            Throwable cause,
            Callback callback) {
        if (status == HttpStatus.INTERNAL_SERVER_ERROR_500) {
            LOG.atError().setCause(cause).log("a handler failed");
        }
        edge.serve(
                request,
                response,
                callback,
                _ -> {
                    throw new EcsException(error(status));
                });
    }

    private static EcsError error(int status) {
        return switch (status) {
            case HttpStatus.NOT_FOUND_404 -> GatewayErrors.UNKNOWN_ACTION;
            case HttpStatus.INTERNAL_SERVER_ERROR_500 -> CommonErrors.INTERNAL;
            case HttpStatus.SERVICE_UNAVAILABLE_503 -> CommonErrors.UNAVAILABLE;
            default -> GatewayErrors.http(status);
        };
    }
}

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
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Tells load balancers and supervisors how this process is, at `/health/live` and `/health/ready`.
///
/// No signature is asked for, so it says nothing that a stranger must not know. What it can't answer, such as
/// a `POST`, is left to others.
final class HealthHandler extends Handler.Abstract {
    private final Readiness readiness;

    HealthHandler(Readiness readiness) {
        this.readiness = readiness;
    }

    private record Health(int status, ObjectNode body) {}

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Optional<Health> health = health(request);
        health.ifPresent(it -> send(it, response, callback));
        return health.isPresent();
    }

    private Optional<Health> health(Request request) {
        boolean reads = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        return switch (reads ? String.valueOf(request.getHttpURI().getPath()) : "") {
            case "/health/live" -> Optional.of(new Health(HttpStatus.OK_200, said("live")));
            case "/health/ready" -> Optional.of(ready());
            default -> Optional.empty();
        };
    }

    private Health ready() {
        var reasons = readiness.reasons();
        boolean ready = reasons.isEmpty();
        ObjectNode body = said(ready ? "ready" : "not ready");
        reasons.forEach(body.putArray("reasons")::add);
        var regions = body.putArray("unavailableRegions");
        readiness.unavailable().forEach(region -> regions.add(region.value()));
        return new Health(ready ? HttpStatus.OK_200 : HttpStatus.SERVICE_UNAVAILABLE_503, body);
    }

    private static ObjectNode said(String status) {
        return JsonNodeFactory.instance.objectNode().put("status", status);
    }

    private static void send(Health health, Response response, Callback callback) {
        ByteBuffer body = ByteBuffer.wrap((health.body() + "\n").getBytes(StandardCharsets.UTF_8));
        response.setStatus(health.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.remaining());
        response.write(true, body, callback);
    }
}

package org.imageferry.ecs;

import java.io.IOException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.imageferry.catalog.CatalogException;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Gives each request its id and an answer, whatever happens to it.
public final class Edge {
    private static final Logger LOG = LoggerFactory.getLogger(Edge.class);

    private final Supplier<String> requestIds;
    private final CallWatch watch;

    /// @param requestIds a new upper-case UUID each time, never one twice
    /// @param watch is told of each request
    public Edge(Supplier<String> requestIds, CallWatch watch) {
        this.requestIds = requestIds;
        this.watch = watch;
    }

    /// What is done for a request. It sets what the exchange is to know as soon as it is known.
    public interface Work {
        Answer answer(Exchange exchange) throws IOException, StoreException;
    }

    /// What there is to say about a request while it is carried out, in case it fails.
    public static final class Exchange {
        private final Head head;
        private final String requestId;
        private final Trail trail;
        private Format format;
        private Function<Refusal, EcsError> errors = EcsError::of;

        Exchange(Head head, Trail trail) {
            this.head = head;
            this.requestId = trail.requestId();
            this.trail = trail;
            this.format = Format.of(head, "");
        }

        public Head head() {
            return head;
        }

        public String requestId() {
            return requestId;
        }

        /// What is known of the request, for who keeps account of it.
        public Trail trail() {
            return trail;
        }

        Format format() {
            return format;
        }

        void answerIn(Format asked) {
            format = asked;
        }

        /// How refusals are put in words from now on.
        public void errorsBy(Function<Refusal, EcsError> table) {
            errors = table;
        }
    }

    /// Always answers: with what `work` gives, or with the error that it ended in.
    public void serve(Request request, Response response, Callback callback, Work work) {
        CallWatch.Ending ending = watch.begin();
        Head head = Head.of(request);
        Exchange exchange = new Exchange(head, Trail.of(requestIds.get(), head));
        Answer answer;
        String code = CallWatch.OK;
        try {
            answer = work.answer(exchange);
        } catch (Exception e) {
            EcsError error = errorFor(e, exchange.requestId, exchange.errors);
            code = error.code();
            answer = error(exchange, error);
        }
        ending.ended(exchange.trail(), answer.status(), code);
        send(response, callback, exchange, answer);
    }

    private static void send(
            Response response, Callback callback, Exchange exchange, Answer answer) {
        response.setStatus(answer.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.contentType());
        response.getHeaders().put("x-acs-request-id", exchange.requestId);
        answer.headers().forEach(response.getHeaders()::put);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, answer.body().remaining());
        Unread.drop(response);
        response.write(true, answer.body(), Callback.from(callback, answer.release()));
    }

    /// The error that tells of a failure; what is not the sender's fault is logged.
    ///
    /// @param requestId for the log
    public static EcsError errorFor(Exception e, String requestId) {
        return errorFor(e, requestId, EcsError::of);
    }

    private static EcsError errorFor(
            Exception e, String requestId, Function<Refusal, EcsError> errors) {
        return switch (e) {
            case EcsException it -> it.error();
            case RefusedException it -> errors.apply(it.refusal());
            case StoreException it -> worldFailed(it, requestId);
            case CatalogException it -> worldFailed(it, requestId);
            case IOException _ ->
                    GatewayErrors.http(HttpStatus.BAD_REQUEST_400); // no whole body came
            default -> {
                LOG.atError().addKeyValue("request", requestId).setCause(e).log("request failed");
                yield CommonErrors.INTERNAL;
            }
        };
    }

    private static EcsError worldFailed(Exception e, String requestId) {
        LOG.atWarn()
                .addKeyValue("request", requestId)
                .setCause(e)
                .log("request failed for want of a store or the catalog");
        return CommonErrors.UNAVAILABLE.saying(
                CommonErrors.UNAVAILABLE.message() + " " + e.getMessage());
    }

    static Answer error(Exchange exchange, EcsError error) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.put("RequestId", exchange.requestId);
        tree.put("HostId", exchange.head.host());
        tree.put("Code", error.code());
        tree.put("Message", error.message());
        tree.put("Recommend", error.advice());
        return Answer.of(error.status(), exchange.format, "Error", tree).with(error.headers());
    }

    /// An answer with this tree below the request's id.
    public static Answer success(Exchange exchange, String root, ObjectNode tree) {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        whole.put("RequestId", exchange.requestId);
        whole.setAll(tree);
        return Answer.of(200, exchange.format, root, whole);
    }
}

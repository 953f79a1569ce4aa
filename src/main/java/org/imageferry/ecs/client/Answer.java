package org.imageferry.ecs.client;

import java.net.http.HttpResponse;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What came back for a call, good or bad.
final class Answer {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpResponse<byte[]> response;

    Answer(HttpResponse<byte[]> response) {
        this.response = response;
    }

    byte[] bytes() {
        return response.body();
    }

    /// Empty if there is no such header.
    String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /// @return this answer, if it is a good one
    /// @throws EcsFailure with what the server says if it is not
    Answer good() throws EcsFailure {
        int status = response.statusCode();
        if (status >= 200 && status < 300) {
            return this;
        }
        ObjectNode error = object();
        throw new EcsFailure(
                        status,
                        error.path("Code").asString("HTTP " + status),
                        error.path("Message").asString("the server gave no reason"),
                        error.path("RequestId").asString(""))
                .recommending(error.path("Recommend").asString(""))
                .after(header("x-acs-retry-after"));
    }

    /// @throws EcsFailure `BAD_ANSWER` if this is no JSON object
    ObjectNode object() throws EcsFailure {
        try {
            JsonNode tree = JSON.readTree(response.body());
            if (tree instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException _) {
            // whatever it is, it is not from a server of ours
        }
        throw new EcsFailure(
                response.statusCode(),
                EcsFailure.BAD_ANSWER,
                "%s answered HTTP %d with something that is no JSON object"
                        .formatted(response.uri().getAuthority(), response.statusCode()),
                "");
    }
}

package org.imageferry.ecs;

import java.nio.ByteBuffer;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// What is sent back.
///
/// @param release is run once the body is sent, or can't be
public record Answer(
        int status,
        String contentType,
        Map<String, String> headers,
        ByteBuffer body,
        Runnable release) {
    Answer with(Map<String, String> moreHeaders) {
        return new Answer(status, contentType, moreHeaders, body, release);
    }

    static Answer of(int status, Format format, String root, ObjectNode tree) {
        ByteBuffer body = ByteBuffer.wrap(format.write(root, tree));
        return new Answer(status, format.contentType(), Map.of(), body, () -> {});
    }
}

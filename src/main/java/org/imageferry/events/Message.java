package org.imageferry.events;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.imageferry.domain.Event;
import org.imageferry.domain.WebhookId;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What a webhook is sent: a body in JSON, and headers that prove whose it is. Source: Standard Webhooks
/// 1.0.0, "Payload structure", "Signature scheme" and "Webhook headers".
///
/// @param id the same with each try
record Message(String id, String body) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String ALGORITHM = "HmacSHA256";

    static Message of(Event event) {
        ObjectNode data = JSON.createObjectNode();
        EventJson.write(data, event);
        return of(event.id().value(), event.type().text(), event.end().at(), data);
    }

    /// One that tells of nothing.
    static Message test(String id, WebhookId webhook, Instant now) {
        ObjectNode data = JSON.createObjectNode().put("WebhookId", webhook.value());
        return of(id, "webhook.test", now, data);
    }

    private static Message of(String id, String type, Instant time, ObjectNode data) {
        ObjectNode body = JSON.createObjectNode();
        body.put("type", type);
        body.put("timestamp", EventJson.time(time));
        body.set("data", data);
        return new Message(id, JSON.writeValueAsString(body));
    }

    byte[] bytes() {
        return body.getBytes(StandardCharsets.UTF_8);
    }

    /// @param now the time of this try
    Map<String, String> headers(WebhookSecret secret, Instant now) {
        String timestamp = Long.toString(now.getEpochSecond());
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", "application/json");
        headers.put("user-agent", "imageferry");
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", timestamp);
        headers.put("webhook-signature", signature(secret, timestamp));
        return headers;
    }

    private String signature(WebhookSecret secret, String timestamp) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.key(), ALGORITHM));
            mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(bytes()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + ALGORITHM, e);
        }
    }
}

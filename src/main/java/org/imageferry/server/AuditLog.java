package org.imageferry.server;

import java.io.IOException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpStatus;
import org.imageferry.access.Principal;
import org.imageferry.ecs.Proved;
import org.imageferry.ecs.Touched;
import org.imageferry.ecs.Trail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Who did what, when, from where and with what result, one JSON object a line.
///
/// Noted are calls that may change something, calls whose sender was not proved or may not do that, and, if it is
/// wanted, all others. Parameters are not: they may be secret, and resources say what was touched.
final class AuditLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);

    /// What anybody can make us write in a second, without an access key: it must not push out the rest.
    private static final int MOST_STRANGERS = 20;

    /// Of what a stranger says of itself, what could be an access key's id; more is not kept.
    private static final Pattern KEY_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private static final int MOST_CLAIM_CHARS = 200;

    private final AuditFile file;
    private final boolean reads;
    private final InstantSource clock;

    /// Guarded by this.
    private long second;

    private int strangers;
    private long leftOut;
    private boolean failing;

    /// @param reads whether calls that change nothing are noted, too
    AuditLog(AuditFile file, boolean reads, InstantSource clock) {
        this.file = file;
        this.reads = reads;
        this.clock = clock;
    }

    void note(Trail trail, int status, String code) {
        boolean change = trail.asked().filter(Trail.Asked::changes).isPresent();
        boolean stranger = trail.sender().isEmpty();
        if (change || stranger || reads || status == HttpStatus.FORBIDDEN_403) {
            note(trail, stranger, status, code);
        }
    }

    private synchronized void note(Trail trail, boolean stranger, int status, String code) {
        if (stranger && tooMany()) {
            leftOut++;
            return;
        }
        ObjectNode line = line(trail, status, code);
        if (leftOut > 0) {
            line.put("leftOut", leftOut);
        }
        try {
            file.write(line + "\n");
            leftOut = 0;
            failing = false;
        } catch (IOException e) {
            leftOut++;
            if (!failing) {
                failing = true;
                LOG.atError()
                        .addKeyValue("file", file.path())
                        .addKeyValue("reason", e.toString())
                        .log("the audit log can't be written; calls are answered without");
            }
        }
    }

    private boolean tooMany() {
        long now = clock.instant().getEpochSecond();
        if (now != second) {
            second = now;
            strangers = 0;
        }
        return ++strangers > MOST_STRANGERS;
    }

    private ObjectNode line(Trail trail, int status, String code) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("time", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
        line.put("requestId", trail.requestId());
        line.put("from", trail.address());
        if (!trail.forwardedFor().isEmpty()) {
            line.put("forwardedFor", shortened(trail.forwardedFor()));
        }
        String key = trail.accessKeyId();
        line.put("accessKeyId", key.isEmpty() || KEY_ID.matcher(key).matches() ? key : "?");
        trail.sender().map(Proved::principal).ifPresent(principal -> who(line, principal));
        trail.asked()
                .ifPresent(asked -> {
                    line.put("action", asked.product() + ":" + asked.action());
                    line.put("changes", asked.changes());
                });
        touched(line.putArray("resources"), trail);
        line.put("status", status);
        line.put("code", code);
        return line;
    }

    private static void who(ObjectNode line, Principal principal) {
        line.put("account", principal.id().value());
        principal.user().ifPresent(user -> line.put("user", user.name().value()));
        line.put("temporary", principal.temporary());
    }

    private static void touched(ArrayNode list, Trail trail) {
        for (Touched touched : trail.touches()) {
            list.addObject().put("region", touched.region()).put("path", touched.path());
        }
    }

    private static String shortened(String text) {
        return text.substring(0, Math.min(text.length(), MOST_CLAIM_CHARS));
    }

    @Override
    public synchronized void close() {
        file.close();
    }
}

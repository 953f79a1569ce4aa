package org.imageferry.server;

import java.util.Optional;
import org.imageferry.ecs.CallWatch;
import org.imageferry.ecs.Trail;
import org.imageferry.metrics.Metrics;

/// Keeps account of calls: in the metrics, and in the audit log if there is one.
final class CallBook implements CallWatch {
    private final Metrics metrics;
    private final Optional<AuditLog> audit;

    CallBook(Metrics metrics, Optional<AuditLog> audit) {
        this.metrics = metrics;
        this.audit = audit;
    }

    @Override
    public Ending begin() {
        long begin = System.nanoTime();
        return (trail, status, code) -> {
            String action = trail.asked().map(Trail.Asked::action).orElse("");
            metrics.called(action, code, System.nanoTime() - begin);
            audit.ifPresent(it -> it.note(trail, status, code));
        };
    }
}

package org.imageferry.ecs;

import java.util.List;
import org.imageferry.store.StoreException;
import tools.jackson.databind.node.ObjectNode;

/// A request that was read: what it touches, and what is to be done once that is allowed.
public record Prepared(List<Touched> touches, Work work) {
    public Prepared {
        touches = List.copyOf(touches);
        if (touches.isEmpty()) {
            throw new IllegalArgumentException("a request touches something, if only anything()");
        }
    }

    public Prepared(Touched touched, Work work) {
        this(List.of(touched), work);
    }

    /// Carries the request out.
    public interface Work {
        /// @return what the answer holds besides the request's id
        /// @throws org.imageferry.domain.RefusedException if the engine refuses
        ObjectNode answer() throws StoreException;
    }
}

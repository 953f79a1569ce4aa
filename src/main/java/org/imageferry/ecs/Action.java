package org.imageferry.ecs;

import org.imageferry.domain.Refusal;
import org.imageferry.store.StoreException;
import tools.jackson.databind.node.ObjectNode;

/// One action of the API. To add one, write a class and name it in its list of actions.
public interface Action {
    /// The API that Alibaba Cloud's clients speak.
    String ECS = "2014-05-26";

    /// Ours, for what ECS has no action for; product `imageferry`.
    String FERRY = "2026-11-22";

    /// Which API it belongs to: [#ECS] or [#FERRY].
    default String version() {
        return ECS;
    }

    String name();

    /// Whether the engine spends the request's nonce, within the change that the action makes.
    default boolean spendsNonce() {
        return false;
    }

    /// @return what the answer holds besides the request's id
    /// @throws org.imageferry.domain.RefusedException if the engine refuses
    /// @throws EcsException if a parameter can't be read
    ObjectNode answer(ActionRequest request) throws StoreException;

    /// The error for a refusal, where this action has other words for it than most.
    default EcsError error(Refusal refusal) {
        return EcsError.of(refusal);
    }
}

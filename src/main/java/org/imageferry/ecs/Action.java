package org.imageferry.ecs;

import org.imageferry.domain.Refusal;

/// One action of an API. To add one, write a class and name it in its list of actions.
public interface Action {
    default Api api() {
        return Api.ECS;
    }

    String name();

    /// Who may ask for it, as far as its policies allow that.
    default Audience audience() {
        return Audience.ENTITLED;
    }

    enum Audience {
        /// Anybody with an access key, whatever its policies say.
        EVERYBODY,
        ENTITLED,
        /// Those of an account that is administrator.
        ADMINISTRATORS
    }

    /// Whether the engine spends the request's nonce, within the change that the action makes.
    default boolean spendsNonce() {
        return false;
    }

    /// Whether it changes anything that somebody would want to know of later.
    default boolean changes() {
        return spendsNonce();
    }

    /// Reads the request. Nothing is done yet: whether the caller may do it is decided in between, by
    /// what it touches.
    ///
    /// @throws EcsException or [org.imageferry.domain.RefusedException] if a parameter can't be read
    Prepared prepare(ActionRequest request);

    /// The error for a refusal, where this action has other words for it than most.
    default EcsError error(Refusal refusal) {
        return EcsError.of(refusal);
    }
}

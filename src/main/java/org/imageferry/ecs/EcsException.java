package org.imageferry.ecs;

/// The wire itself refuses: what was sent is not a request that could be carried out.
public final class EcsException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient EcsError error;

    public EcsException(EcsError error) {
        super(error.code() + ": " + error.message(), null, false, false); // an answer, not a fault
        this.error = error;
    }

    public EcsError error() {
        return error;
    }
}

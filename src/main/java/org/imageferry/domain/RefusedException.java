package org.imageferry.domain;

/// The caller asked for what cannot be. Nothing was changed.
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Refusal refusal;

    public RefusedException(Refusal refusal) {
        super(refusal.toString(), null, false, false); // an answer, not a fault: no stack trace
        this.refusal = refusal;
    }

    public Refusal refusal() {
        return refusal;
    }
}

package org.imageferry.blocks;

/// Bytes from a store are not what was once written, or not what they claim to be. To read them again
/// from the same place rarely helps; another copy of them does.
public final class DamagedException extends Exception {
    private static final long serialVersionUID = 1;
    private final String what;

    /// @param what the damaged thing, such as `segment 3f09…`
    /// @param reason how that was seen
    public DamagedException(String what, String reason) {
        super(what + " is damaged: " + reason);
        this.what = what;
    }

    /// What is damaged, such as `segment 3f09…` or `block 9c56…`.
    public String what() {
        return what;
    }
}

package org.imageferry.cli;

/// The user pressed Ctrl-C; what there is to say about it has been said.
final class InterruptedCommand extends RuntimeException {
    private static final long serialVersionUID = 1;
}

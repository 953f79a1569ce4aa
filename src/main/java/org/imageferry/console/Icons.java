package org.imageferry.console;

/// Small drawings; they say nothing that is not said in words beside them.
final class Icons {
    /// A hull on a wave.
    static final Html FERRY =
            new Html(
                    """
                    <svg class="logo" viewBox="0 0 24 24" aria-hidden="true"><path d="M3 13h18l-3 5H6z"/>\
                    <path d="M8 13V8h8v5M12 8V4" fill="none"/><path d="M2 21c2 0 2-1 4-1s2 1 4 1 2-1 4-1 \
                    2 1 4 1 2-1 4-1" fill="none"/></svg>\
                    """);

    private Icons() {}
}

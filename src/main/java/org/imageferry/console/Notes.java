package org.imageferry.console;

import org.imageferry.ecs.EcsError;

/// What pages tell of how something went.
final class Notes {
    private Notes() {}

    /// @param what could not be done
    static Html error(String what, EcsError error) {
        return Html.of(
                """
                <div class="note bad" role="alert"><p><strong>{}:</strong> {} <code>{}</code></p>\
                <p>{}</p></div>
                """,
                what,
                error.message(),
                error.code(),
                error.advice());
    }

    static Html done(String what) {
        return Html.of("<div class=\"note good\" role=\"status\"><p>{}</p></div>\n", what);
    }
}

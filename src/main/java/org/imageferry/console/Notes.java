package org.imageferry.console;

import java.util.List;
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

    /// @param sentences may be none
    static Html done(List<String> sentences) {
        return Html.when(
                !sentences.isEmpty(),
                Html.of(
                        "<div class=\"note good\" role=\"status\">{}</div>\n",
                        Html.each(sentences, it -> Html.of("<p>{}</p>", it))));
    }
}

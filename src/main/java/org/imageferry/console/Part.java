package org.imageferry.console;

import java.util.function.Supplier;
import org.imageferry.ecs.EcsException;

/// A part of a page.
///
/// @param id of its element
/// @param live whether it is sent again whenever it changes. Such a part must not have forms with text
///     that somebody may be typing
record Part(String id, boolean live, Supplier<Html> content) {
    static Part still(String id, Supplier<Html> content) {
        return new Part(id, false, content);
    }

    static Part live(String id, Supplier<Html> content) {
        return new Part(id, true, content);
    }

    /// Its content; what the API refuses to tell is said in its place, and the others still stand.
    Html html() {
        try {
            return content.get();
        } catch (EcsException e) {
            return Notes.error("This part can't be shown", e.error());
        }
    }
}

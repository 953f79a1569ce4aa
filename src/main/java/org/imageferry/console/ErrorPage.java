package org.imageferry.console;

import java.util.List;
import org.imageferry.ecs.EcsError;

/// In place of a page that can't be shown.
record ErrorPage(String what, EcsError error) implements Page {
    @Override
    public String title() {
        return what;
    }

    @Override
    public String path() {
        return "";
    }

    @Override
    public String menu() {
        return "";
    }

    @Override
    public List<Part> parts(Visit visit) {
        return List.of(
                Part.still("title", () -> Html.of("<h1>{}</h1>", what)),
                Part.still("error", () -> Notes.error("The API says", error)));
    }
}

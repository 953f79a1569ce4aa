package org.imageferry.console;

import java.util.List;
import org.imageferry.access.Principal;
import org.imageferry.domain.UserName;

/// What all pages have around them.
final class Layout {
    private record Entry(String address, String title) {}

    private static final List<Entry> MENU =
            List.of(
                    new Entry(Links.HOME, "Regions"),
                    new Entry(Links.ACTIVITY, "Activity"),
                    new Entry(Links.KEYS, "Keys"));

    private Layout() {}

    static Html page(Page page, Visit visit, Html notes) {
        List<Part> parts = page.parts(visit);
        boolean live = parts.stream().anyMatch(Part::live);
        Html body =
                Html.of(
                        """
                        <a class="skip" href="#main">To the content</a>
                        <header class="bar"><a class="brand" href="{}">{}<span>imageferry</span></a>
                        <nav aria-label="Pages"><ul>{}</ul></nav>
                        <div class="who">{}{}<form method="post" action="{}">{}\
                        <button class="quiet">Log out</button></form></div></header>
                        <main id="main" tabindex="-1">{}{}</main>
                        <div id="news" class="hidden" role="status" aria-live="polite"></div>
                        """,
                        Links.HOME,
                        Icons.FERRY,
                        Html.each(MENU, entry -> entry(entry, page.menu())),
                        Html.when(live, new Html("<span class=\"pulse\" id=\"pulse\"></span>")),
                        who(visit.principal()),
                        Links.LOGOUT,
                        visit.formFields("logout", ""),
                        notes,
                        Html.each(parts, Layout::part));
        return document(page.title(), live ? Links.FEED + page.path() : "", body);
    }

    private static Html entry(Entry entry, String menu) {
        return Html.of(
                "<li><a href=\"{}\"{}>{}</a></li>",
                entry.address(),
                entry.address().equals(menu) ? new Html(" aria-current=\"page\"") : Html.NONE,
                entry.title());
    }

    private static Html who(Principal principal) {
        String user = principal.user().map(it -> it.name()).map(UserName::value).orElse("");
        return Html.of(
                "<span class=\"account\" title=\"{}\">{}</span>",
                "Account " + principal.id() + ", access key " + principal.accessKey(),
                principal.account().name().value() + (user.isEmpty() ? "" : " / " + user));
    }

    private static Html part(Part part) {
        return Html.of("<div id=\"{}\" class=\"part\">{}</div>\n", part.id(), part.html());
    }

    /// @param feed where live parts come from; may be empty
    static Html document(String title, String feed, Html body) {
        return Html.of(
                """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <title>{} · imageferry</title>
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <link rel="icon" href="{}icon.svg" type="image/svg+xml">
                <link rel="stylesheet" href="{}console.css">
                <script src="{}console.js" defer></script>
                <script src="{}upload.js" defer></script>
                </head>
                <body{}>
                {}
                </body>
                </html>
                """,
                title,
                Links.FILES,
                Links.FILES,
                Links.FILES,
                Links.FILES,
                feed.isEmpty() ? Html.NONE : Html.of(" data-feed=\"{}\"", feed),
                body);
    }
}

package org.imageferry.console;

/// The page for who is not logged in.
final class LoginPage {
    private LoginPage() {}

    /// @param next the page to go on to, below [Links#HOME]
    static Html of(String next, Html notes) {
        return Layout.document(
                "Log in",
                "",
                Html.of(
                        """
                        <main id="main" class="login"><h1>{}<span>imageferry</span></h1>{}\
                        <form class="fields" method="post" action="{}">\
                        <input type="hidden" name="next" value="{}">\
                        <label>Access key id <input name="id" required autocomplete="username" \
                        autocapitalize="none" spellcheck="false"></label>\
                        <label>Secret <input name="secret" type="password" required \
                        autocomplete="current-password"></label><button class="main">Log in</button></form>\
                        <p class="hint">The server’s first pair is in the file <code>credentials</code> of its \
                        data folder.</p></main>
                        """,
                        Icons.FERRY,
                        notes,
                        Links.LOGIN,
                        next));
    }

    static Html note(String text) {
        return Html.of("<div class=\"note bad\" role=\"alert\"><p>{}</p></div>", text);
    }
}

package org.imageferry.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Request;
import org.imageferry.access.Keys;
import org.imageferry.access.Principal;
import org.imageferry.ecs.Bodies;
import org.imageferry.ecs.CallWatch;
import org.imageferry.ecs.EcsError;
import org.imageferry.ecs.EcsException;
import org.imageferry.ecs.Edge;
import org.imageferry.ecs.Head;
import org.imageferry.ecs.Parameters;
import org.imageferry.ecs.Proved;
import org.imageferry.ecs.Trail;

/// Answers a browser's requests, feeds apart: who is not logged in sees the login page and no other;
/// what changes something must come from a form of the same session.
final class ConsoleDesk {
    private static final int MOST_FORM_BYTES = 64 << 10;
    private static final int LARGE_FORMS_AT_ONCE = 4;

    private final Desks desks;
    private final Logins logins;
    private final Cookies cookies;
    private final Supplier<String> ids;
    private final InstantSource clock;
    private final StaticFiles files = new StaticFiles();
    private final Bodies bodies = new Bodies(MOST_FORM_BYTES, LARGE_FORMS_AT_ONCE);

    ConsoleDesk(
            Desks desks, Keys keys, Cookies cookies, Supplier<String> ids, InstantSource clock) {
        this.desks = desks;
        this.logins = new Logins(keys, ids, clock);
        this.cookies = cookies;
        this.ids = ids;
        this.clock = clock;
    }

    /// Always answers.
    Reply answer(Request request, Head head) {
        try {
            return switch (head.method()) {
                case "GET", "HEAD" -> get(head);
                case "POST" -> post(request, head);
                default -> refused(405, "Use GET or POST.");
            };
        } catch (Exception e) {
            EcsError error = Edge.errorFor(e, ids.get());
            return Reply.page(error.status(), plain(Notes.error("That did not work", error)));
        }
    }

    private Reply get(Head head) {
        if (head.path().startsWith(Links.FILES)) {
            return files.find(
                            head.path().substring(Links.FILES.length()),
                            head.header("if-none-match"))
                    .orElseGet(() -> refused(404, "There is no such file."));
        }
        if (head.path().equals("/console")) {
            return Reply.seeOther(Links.HOME);
        }
        if (head.path().equals(Links.LOGIN)) {
            Optional<Visit> visit = visit(head);
            String next = Parameters.parse(head.query()).text("next");
            return visit.isPresent()
                    ? Reply.seeOther(address(next))
                    : Reply.page(200, LoginPage.of(next, Html.NONE));
        }
        Optional<Page> page = page(head, Links.HOME);
        Optional<Visit> visit = visit(head);
        if (visit.isEmpty()) {
            String next = page.map(Page::path).orElse("");
            return Reply.seeOther(
                    next.isEmpty() ? Links.LOGIN : Links.LOGIN + "?next=" + Links.segment(next));
        }
        List<String> said = cookies.note(head);
        Reply reply =
                show(page.orElseGet(ConsoleDesk::noSuchPage), visit.get(), 200, Notes.done(said));
        return said.isEmpty() ? reply : reply.with("Set-Cookie", cookies.noNote(false));
    }

    private static Page noSuchPage() {
        return new ErrorPage(
                "There is no such page",
                new EcsError(404, "NotFound", "Nothing is at this address.", "Begin at Regions."));
    }

    private Reply show(Page page, Visit visit, int status, Html notes) {
        try {
            int shown = page instanceof ErrorPage it ? it.error().status() : status;
            return Reply.page(shown, Layout.page(page, visit, notes));
        } catch (EcsException e) {
            Page instead = new ErrorPage(page.title() + " can't be shown", e.error());
            return Reply.page(e.error().status(), Layout.page(instead, visit, notes));
        }
    }

    private Reply post(Request request, Head head) throws IOException {
        if (!Origins.same(head)) {
            return refused(403, "This form was not sent by a page of this server.");
        }
        Parameters form = form(request);
        if (head.path().equals(Links.LOGIN)) {
            return login(request, head, form);
        }
        Optional<Visit> visit = visit(head);
        if (visit.isEmpty()) {
            return Reply.seeOther(Links.LOGIN);
        }
        if (!visit.get().session().wrote(form.text("token"))) {
            return refused(403, "This form is of another session: go back, reload, and try again.");
        }
        if (head.path().equals(Links.LOGOUT)) {
            return Reply.seeOther(Links.LOGIN)
                    .with("Set-Cookie", cookies.noSession(request.isSecure()));
        }
        return act(head, visit.get(), form, request.isSecure());
    }

    private Parameters form(Request request) throws IOException {
        try (Bodies.Body body = bodies.read(request)) {
            return Parameters.parse(new String(body.bytes(), StandardCharsets.UTF_8));
        }
    }

    private Reply login(Request request, Head head, Parameters form) {
        String next = form.text("next");
        CallWatch.Ending ending = desks.watch().begin();
        Trail trail = Trail.of(ids.get(), head);
        String id = form.text("id").strip();
        trail.claims(id);
        trail.asks("console", "Login", true);
        Logins.Result result =
                logins.login(Request.getRemoteAddr(request), id, form.text("secret"));
        Reply reply = told(result, request, next, trail);
        ending.ended(
                trail,
                reply.status(),
                result instanceof Logins.Result.Welcome
                        ? CallWatch.OK
                        : result.getClass().getSimpleName());
        return reply;
    }

    private Reply told(Logins.Result result, Request request, String next, Trail trail) {
        return switch (result) {
            case Logins.Result.Welcome welcome -> {
                logins.holder(welcome.session())
                        .ifPresent(it -> trail.proves(Proved.within(it, "")));
                yield Reply.seeOther(address(next))
                        .with("Set-Cookie", cookies.session(welcome.session(), request.isSecure()));
            }
            case Logins.Result.WrongKeyOrSecret _ ->
                    again(403, next, "There is no such access key, or its secret is another.");
            case Logins.Result.Inactive _ -> again(403, next, "This access key is inactive.");
            case Logins.Result.TooManyTries tries ->
                    again(
                            429,
                            next,
                            "Too many tries: wait "
                                    + Amounts.time(tries.pause().plusSeconds(1))
                                    + ".");
        };
    }

    private static Reply again(int status, String next, String why) {
        return Reply.page(status, LoginPage.of(next, LoginPage.note(why)));
    }

    private Reply act(Head head, Visit visit, Parameters form, boolean secure) {
        String prefix = Links.deed("");
        Optional<Outcome> outcome =
                head.path().startsWith(prefix)
                        ? Deeds.act(head.path().substring(prefix.length()), visit, form)
                        : Optional.empty();
        if (outcome.isEmpty()) {
            return show(noSuchPage(), visit, 404, Html.NONE);
        }
        Outcome it = outcome.get();
        if (it.good()) {
            return Reply.seeOther(address(it.next().orElse(form.text("from"))))
                    .with("Set-Cookie", cookies.note(it.done(), secure));
        }
        Visit fresh = visit(visit.session(), visit.asker());
        Html notes = Html.join(Html.each(it.refused(), why -> why), Notes.done(it.done()));
        return show(
                Pages.find(form.text("from")).orElseGet(OverviewPage::new),
                fresh,
                it.status(),
                notes);
    }

    /// Of a page of ours, and of no other place: the first one if there is no such.
    private static String address(String path) {
        return Links.HOME + Pages.find(path).map(Page::path).orElse("");
    }

    Optional<Page> page(Head head, String prefix) {
        String path = head.path().substring(prefix.length());
        return Pages.find(head.query().isEmpty() ? path : path + "?" + head.query());
    }

    /// @return nothing if nobody is logged in
    Optional<Visit> visit(Head head) {
        return visitor(head).map(it -> visit(it.session(), asker(it.principal(), head)));
    }

    /// Who is logged in, as of now.
    Optional<Uploads.Visitor> visitor(Head head) {
        return cookies.session(head, clock.instant())
                .flatMap(session ->
                        logins.holder(session)
                                .map(principal -> new Uploads.Visitor(session, principal)));
    }

    private Asker asker(Principal principal, Head head) {
        return new Asker(desks.actions(), desks.watch(), principal, head, ids);
    }

    private Visit visit(Session session, Asker asker) {
        return new Visit(session, asker, ids.get(), clock);
    }

    /// The one to ask for a visit that goes on, with the rights of now.
    Optional<Asker> asker(Session session, Visit visit) {
        return logins.holder(session).map(principal -> asker(principal, visit.asker().head()));
    }

    private static Reply refused(int status, String why) {
        return Reply.page(status, plain(LoginPage.note(why)));
    }

    private static Html plain(Html note) {
        return Layout.document(
                "Not possible",
                "",
                Html.of(
                        "<main id=\"main\" class=\"login\"><h1>{}<span>imageferry</span></h1>{}"
                                + "<p><a href=\"{}\">To the console</a></p></main>",
                        Icons.FERRY,
                        note,
                        Links.HOME));
    }
}

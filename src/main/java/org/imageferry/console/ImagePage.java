package org.imageferry.console;

import java.util.List;

/// An image: how its copy goes, where it comes from and went to, what it consists of, and what can be
/// done with it.
///
/// @param to the region that it may be to be copied to; empty for none in particular
record ImagePage(String region, String id, String to) implements Page {
    @Override
    public String title() {
        return "Image " + id;
    }

    @Override
    public String path() {
        String path = "images/" + Links.segment(region) + "/" + Links.segment(id);
        return to.isEmpty() ? path : path + "?to=" + Links.segment(to);
    }

    @Override
    public String menu() {
        return Links.HOME;
    }

    @Override
    public List<Part> parts(Visit visit) {
        ImageView image = image(visit);
        ImageForms forms = new ImageForms(image, visit, path(), to);
        return List.of(
                Part.still("title", () -> title(image)),
                Part.live("progress", () -> progress(visit)),
                Part.live("facts", () -> ImageFacts.of(image(visit))),
                Part.live("lineage", () -> lineage(image(visit))),
                Part.still("copy", forms::copy),
                Part.still("tags", forms::tags),
                Part.still("sharing", forms::sharing),
                Part.still("delete", forms::delete));
    }

    private ImageView image(Visit visit) {
        return ImageView.of(
                visit.asker().own("DescribeImageDetail", "RegionId", region, "ImageId", id));
    }

    private Html title(ImageView image) {
        return Html.of(
                """
                <p class="crumbs"><a href="{}">{}</a></p><h1>{} <small class="id">{}</small></h1>{}
                """,
                Links.region(region),
                region,
                image.name(),
                id,
                Html.when(
                        !image.description().isEmpty(), Html.of("<p>{}</p>", image.description())));
    }

    /// Of one that is being made, how far; of a failed one, why, and what can be done.
    private Html progress(Visit visit) {
        ImageView image = image(visit);
        if (image.beingMade()) {
            List<TaskView> tasks =
                    visit.queues().tasks().filter(task -> task.image().equals(id)).toList();
            return TaskRows.of(tasks, visit, path());
        }
        if (image.failed()) {
            return failure(image);
        }
        return Html.NONE;
    }

    private Html failure(ImageView image) {
        String reason = image.task().path("Reason").asString("");
        return Html.of(
                """
                <div class="note bad"><p><strong>It failed:</strong> {}</p><p>{}</p>{}</div>
                """,
                reason.isEmpty() ? "its task, and so the reason, is no longer known." : reason,
                Remedies.of(reason),
                image.source().map(this::again).orElse(Html.NONE));
    }

    /// To the form of the source: of what failed it is no longer known whether it was to be encrypted.
    private Html again(ImageView.Place source) {
        return Html.of(
                "<p><a class=\"button\" href=\"{}?to={}#copy-to\">Start the copy again…</a></p>",
                Links.image(source.region(), source.image()),
                Links.segment(region));
    }

    private Html lineage(ImageView image) {
        boolean alone = image.source().isEmpty() && image.copies().isEmpty();
        return Html.of(
                "<section aria-labelledby=\"lineage-title\"><h2 id=\"lineage-title\">Lineage</h2>{}</section>",
                alone
                        ? new Html(
                                "<p class=\"empty\">It was not copied from another image, nor to one.</p>")
                        : chain(image));
    }

    private Html chain(ImageView image) {
        Html source =
                image.source()
                        .map(it -> Html.of("<li><small>copied from</small> {}</li>", place(it)))
                        .orElse(Html.NONE);
        return Html.of(
                """
                <ol class="lineage">{}<li aria-current="true"><small>this</small> {}</li>{}</ol>
                """,
                source,
                Html.of("<strong>{}</strong> in {}", image.name(), region),
                Html.each(
                        image.copies(),
                        copy ->
                                Html.of(
                                        "<li class=\"copied\"><small>copied to</small> {} {}</li>",
                                        place(copy),
                                        ImageWords.state(copy.status(), ""))));
    }

    private static Html place(ImageView.Place place) {
        return Html.of(
                "<a href=\"{}\">{}</a> in {}",
                Links.image(place.region(), place.image()),
                place.image(),
                place.region());
    }
}

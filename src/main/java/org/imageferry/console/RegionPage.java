package org.imageferry.console;

import java.util.List;
import tools.jackson.databind.JsonNode;

/// A region: its queue, and its images, a hundred at a time.
///
/// @param number of the page of images, from 1
/// @param name that images are searched by; empty for all
record RegionPage(String region, int number, String name) implements Page {
    private static final int SIZE = 100;

    @Override
    public String title() {
        return region;
    }

    @Override
    public String path() {
        return "regions/"
                + Links.segment(region)
                + "?page="
                + number
                + "&name="
                + Links.segment(name);
    }

    @Override
    public String menu() {
        return Links.HOME;
    }

    @Override
    public List<Part> parts(Visit visit) {
        visit.asker().own("DescribeQueue", "RegionId", region); // is there such a region?
        return List.of(
                Part.still("title", () -> Html.of("<h1>{}</h1>", region)),
                Part.live("queue", () -> queue(visit)),
                Part.still("search", this::search),
                Part.live("images", () -> images(visit)),
                Part.still("import", () -> new ImportForms(region, visit, path()).all()));
    }

    private Html queue(Visit visit) {
        Queues.Queue queue =
                visit.queues().regions().stream()
                        .filter(it -> it.region().equals(region))
                        .findFirst()
                        .orElseThrow();
        Html trouble =
                Html.of(
                        """
                        <div class="note bad"><p><strong>This region can't be used:</strong> {}</p><p>Copies \
                        wait until it can be used again.</p></div>
                        """,
                        queue.trouble());
        return Html.join(
                Html.when(!queue.trouble().isEmpty(), trouble),
                Html.of(
                        "<h2>Queue <small>{} at a time</small></h2>{}",
                        Amounts.count(queue.limit(), "copy").replace("copys", "copies"),
                        queue.tasks().isEmpty()
                                ? new Html("<p class=\"empty\">Nothing runs or waits here.</p>")
                                : TaskRows.of(queue.tasks(), visit, path())));
    }

    private Html search() {
        return Html.of(
                """
                <form class="search" role="search" method="get"><label for="name">Images by name</label>\
                <input id="name" name="name" type="search" value="{}"><button>Search</button></form>
                """,
                name);
    }

    private Html images(Visit visit) {
        String pattern = name.isEmpty() || name.contains("*") ? name : "*" + name + "*";
        JsonNode answer =
                visit.seldomEcs(
                        "DescribeImages",
                        "RegionId",
                        region,
                        "Status",
                        "ALL",
                        "ImageName",
                        pattern,
                        "PageNumber",
                        Integer.toString(number),
                        "PageSize",
                        Integer.toString(SIZE));
        long total = answer.path("TotalCount").asLong(0);
        return Html.join(
                Html.of(
                        "<h2 id=\"images-title\">Images <small>{}</small></h2>",
                        name.isEmpty() ? total : total + " of this name"),
                Html.when(
                        total > 0,
                        new Html("<p><a href=\"#upload-title\">Bring in a disk</a></p>\n")),
                total == 0 ? empty() : table(answer),
                pages(total));
    }

    private Html empty() {
        return name.isEmpty()
                ? Html.of(
                        """
                        <p class="empty">No image here yet. <a href="#upload-title">Bring in a disk</a>, or \
                        <a href="{}">copy an image</a> of another region to here.</p>\
                        """,
                        Links.HOME)
                : Html.of("<p class=\"empty\">No image has “{}” in its name.</p>", name);
    }

    private Html table(JsonNode answer) {
        return Html.of(
                """
                <div class="scroll" tabindex="0" role="group" aria-labelledby="images-title"><table class="images" aria-labelledby="images-title"><thead><tr>\
                <th scope="col">Name</th><th scope="col">State</th><th scope="col" class="number">Size</th>\
                <th scope="col">Created</th><th scope="col"><span class="hidden">Actions</span></th></tr></thead>\
                <tbody>{}</tbody></table></div>
                """,
                Html.each(answer.path("Images").path("Image"), this::row));
    }

    private Html row(JsonNode image) {
        String id = image.path("ImageId").asString("");
        String address = Links.image(region, id);
        String status = image.path("Status").asString("");
        String name = image.path("ImageName").asString("");
        boolean copyable = status.equals("Available") || status.equals("Deprecated");
        boolean own = image.path("ImageOwnerAlias").asString("").equals("self");
        return Html.of(
                """
                <tr id="i-{}"><td><a href="{}">{}</a>{}<small class="id">{}</small></td><td>{}</td>\
                <td class="number">{} GiB</td><td class="when">{}</td><td>{}</td></tr>
                """,
                id,
                address,
                name,
                Html.when(!own, new Html(" <small>shared with you</small>")),
                id,
                ImageWords.state(status, image.path("Progress").asString("")),
                image.path("Size").asLong(0),
                image.path("CreationTime")
                        .asString("")
                        .replace('T', ' ')
                        .replaceAll(":\\d\\dZ$", ""),
                Html.when(
                        copyable,
                        Html.of(
                                "<a href=\"{}#copy\" aria-label=\"Copy {}\">Copy…</a>",
                                address,
                                name)));
    }

    private Html pages(long total) {
        long last = Math.max(1, (total + SIZE - 1) / SIZE);
        return Html.when(
                last > 1,
                Html.of(
                        "<nav class=\"pages\" aria-label=\"Pages of images\">{}<span>{} of {}</span>{}</nav>",
                        Html.when(number > 1, page(number - 1, "Newer")),
                        number,
                        last,
                        Html.when(number < last, page(number + 1, "Older"))));
    }

    private Html page(int other, String word) {
        return Html.of(
                "<a href=\"{}?page={}&amp;name={}\">{}</a>",
                Links.region(region),
                other,
                Links.segment(name),
                word);
    }
}

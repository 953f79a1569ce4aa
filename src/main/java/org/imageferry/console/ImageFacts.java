package org.imageferry.console;

/// What an image consists of, and what it takes.
final class ImageFacts {
    private ImageFacts() {}

    static Html of(ImageView image) {
        return Html.of(
                "<dl class=\"facts-list\">{}{}{}{}{}</dl>{}",
                fact("State", ImageWords.state(image.status(), image.field("Progress"))),
                fact(
                        "System",
                        Html.of("{}, {}", image.field("OSNameEn"), image.field("Architecture"))),
                Html.when(
                        !image.failed(), // of one that failed that is no longer known
                        fact("Encrypted", Html.of("{}", image.encrypted() ? "yes" : "no"))),
                fact(
                        "Created",
                        Html.of(
                                "{}",
                                image.field("CreationTime")
                                        .replace('T', ' ')
                                        .replaceAll(":\\d\\dZ$", ""))),
                image.failed() ? Html.NONE : storage(image),
                Html.when(!image.disks().isEmpty(), disks(image)));
    }

    private static Html fact(String name, Html value) {
        return Html.of("<div><dt>{}</dt><dd>{}</dd></div>", name, value);
    }

    private static Html storage(ImageView image) {
        return image.stored()
                .map(it ->
                        Html.join(
                                fact("Stored", Html.of("{}", Amounts.bytes(it.bytes()))),
                                fact(
                                        "Shared with others",
                                        Html.of("{}", Amounts.bytes(it.shared()))),
                                fact("Freed when deleted", Html.of("{}", Amounts.bytes(it.own())))))
                .orElse(Html.NONE);
    }

    private static Html disks(ImageView image) {
        return Html.of(
                """
                <section aria-labelledby="disks"><h2 id="disks">Disks</h2><div class="scroll" tabindex="0" role="group" aria-labelledby="disks"><table>\
                <thead><tr><th scope="col">Disk</th><th scope="col" class="number">Size</th>\
                <th scope="col" class="number">Content</th><th scope="col">Digest</th></tr></thead>\
                <tbody>{}</tbody></table></div></section>
                """,
                Html.each(
                        image.disks(),
                        disk ->
                                Html.of(
                                        """
                                        <tr><td>{}<small class="id">{}</small>{}</td><td class="number">{}</td>\
                                        <td class="number">{}</td><td><code class="digest">{}</code></td></tr>
                                        """,
                                        disk.device(),
                                        disk.snapshot(),
                                        Html.when(
                                                !disk.damage().isEmpty(),
                                                Html.of(
                                                        "<p class=\"bad-text\">{}</p>",
                                                        disk.damage())),
                                        Amounts.bytes(disk.bytes()),
                                        Amounts.bytes(disk.contentBytes()),
                                        disk.digest().isEmpty()
                                                ? "not known yet"
                                                : disk.digest())));
    }
}

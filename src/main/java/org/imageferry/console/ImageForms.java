package org.imageferry.console;

import java.util.List;
import tools.jackson.databind.JsonNode;

/// What can be done with an image.
///
/// @param path of its page
/// @param to a region to copy to that is ticked already; may be empty
record ImageForms(ImageView image, Visit visit, String path, String to) {
    Html copy() {
        if (!image.copyable()) {
            return Html.NONE;
        }
        List<Queues.Queue> regions = visit.queues().regions();
        return section(
                "copy-to",
                "Copy to",
                Html.of(
                        """
                        <form class="fields" method="post" action="{}">{}<fieldset><legend>Regions</legend>{}\
                        </fieldset><label>Name of the copies <input name="name" value="{}" maxlength="128">\
                        </label><label class="check"><input type="checkbox" name="encrypt"{}> Encrypt the \
                        copies</label><label>Key in the destination <input name="key" \
                        placeholder="the service’s own"></label><button class="main">Start copying</button>\
                        </form>
                        """,
                        Links.deed("copy"),
                        fields("copy"),
                        Html.each(regions, this::destination),
                        image.name(),
                        Html.when(image.encrypted(), new Html(" checked"))));
    }

    private Html destination(Queues.Queue queue) {
        boolean same = queue.region().equals(image.region());
        String remark =
                !queue.trouble().isEmpty()
                        ? "out of order"
                        : same
                                ? "only encrypted"
                                : queue.tasks().isEmpty()
                                        ? "idle"
                                        : queue.tasks().size() + " in its queue";
        return Html.of(
                """
                <label class="check"><input type="checkbox" name="to.{}"{}> {} <small>{}</small></label>
                """,
                queue.region(),
                Html.when(queue.region().equals(to), new Html(" checked")),
                queue.region(),
                remark);
    }

    Html tags() {
        return Html.when(
                image.own(),
                section(
                        "tags-title",
                        "Tags",
                        Html.of(
                                """
                                <ul class="chips">{}</ul><form class="fields row" method="post" action="{}">{}\
                                <label>Key <input name="key" required maxlength="128"></label>\
                                <label>Value <input name="value" maxlength="128"></label>\
                                <button>Tag</button></form>
                                """,
                                Html.each(image.tags(), this::tag),
                                Links.deed("tag"),
                                fields("tag"))));
    }

    private Html tag(ImageView.Tag tag) {
        return Html.of(
                """
                <li><span>{} = {}</span><form method="post" action="{}">{}<input type="hidden" name="key" \
                value="{}"><button class="quiet" aria-label="Take the tag {} off">✕</button></form></li>
                """,
                tag.key(),
                tag.value(),
                Links.deed("untag"),
                fields("untag-" + tag.key().hashCode()),
                tag.key(),
                tag.key());
    }

    Html sharing() {
        if (!image.own() || image.failed()) {
            return Html.NONE;
        }
        JsonNode shares =
                visit.asker()
                        .ecs(
                                "DescribeImageSharePermission",
                                "RegionId",
                                image.region(),
                                "ImageId",
                                image.id(),
                                "PageSize",
                                "100");
        return section(
                "share-title",
                "Shared with",
                Html.of(
                        """
                        <ul class="chips">{}</ul><form class="fields row" method="post" action="{}">{}\
                        <label>Account <input name="account" required inputmode="numeric" \
                        placeholder="16 digits"></label><button>Share</button></form>
                        """,
                        Html.each(shares.path("Accounts").path("Account"), this::share),
                        Links.deed("share"),
                        fields("share")));
    }

    private Html share(JsonNode share) {
        String account = share.path("AliyunId").asString("");
        return Html.of(
                """
                <li><span>{}</span><form method="post" action="{}">{}<input type="hidden" name="account" \
                value="{}"><button class="quiet" aria-label="Share no longer with {}">✕</button></form></li>
                """,
                account,
                Links.deed("unshare"),
                fields("unshare-" + account),
                account,
                account);
    }

    Html delete() {
        if (!image.own() || image.beingMade()) {
            return Html.NONE;
        }
        return Html.of(
                """
                <details class="danger"><summary>Delete this image</summary><form class="fields" method="post" \
                action="{}">{}<p>The image goes for good. Copies of it in other regions stay.</p>\
                <label class="check"><input type="checkbox" name="snapshots" checked> Its snapshots too, which \
                frees their space</label><button class="bad">Delete {}</button></form></details>
                """,
                Links.deed("delete"),
                fields("delete"),
                image.name());
    }

    private Html fields(String form) {
        return Html.of(
                """
                {}<input type="hidden" name="region" value="{}"><input type="hidden" name="image" value="{}">\
                """,
                visit.formFields(form, path),
                image.region(),
                image.id());
    }

    private static Html section(String id, String title, Html content) {
        return Html.of(
                "<section aria-labelledby=\"{}\"><h2 id=\"{}\">{}</h2>{}</section>",
                id,
                id,
                title,
                content);
    }
}

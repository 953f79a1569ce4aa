package org.imageferry.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.EcsException;
import tools.jackson.databind.JsonNode;

/// The access keys of the account, and the keys that its images are encrypted with. A secret is never
/// shown, so new access keys are made by the command line alone.
record KeysPage() implements Page {
    private static final int MOST_USERS = 50;
    private static final int MOST_KEYS = 50;

    @Override
    public String title() {
        return "Keys";
    }

    @Override
    public String path() {
        return "keys";
    }

    @Override
    public String menu() {
        return Links.KEYS;
    }

    @Override
    public List<Part> parts(Visit visit) {
        List<Part> parts = new ArrayList<>();
        parts.add(Part.still("title", () -> new Html("<h1>Keys</h1>")));
        parts.add(Part.still("access", () -> accessKeys(visit)));
        parts.add(Part.still("encryption", () -> encryption(visit)));
        return parts;
    }

    private Html accessKeys(Visit visit) {
        List<JsonNode> keys = new ArrayList<>();
        JsonNode own = visit.asker().own("DescribeAccessKeys");
        own.path("AccessKeys").path("AccessKey").forEach(keys::add);
        JsonNode users =
                visit.asker().own("DescribeUsers", "PageSize", Integer.toString(MOST_USERS));
        for (JsonNode user : users.path("Users").path("User")) {
            visit.asker()
                    .own("DescribeAccessKeys", "UserName", user.path("UserName").asString(""))
                    .path("AccessKeys")
                    .path("AccessKey")
                    .forEach(keys::add);
        }
        return Html.of(
                """
                <section aria-labelledby="access-title"><h2 id="access-title">Access keys</h2>\
                <p>A new one is made by <code>imageferry account key create</code>: its secret is shown there \
                once, and never in a page.</p><div class="scroll" tabindex="0" role="group" aria-labelledby="access-title"><table class="keys-table"><thead><tr><th scope="col">Id</th>\
                <th scope="col">Whose</th><th scope="col">State</th><th scope="col">Created</th>\
                <th scope="col"><span class="hidden">Actions</span></th></tr></thead><tbody>{}</tbody></table>\
                </div></section>
                """,
                Html.each(keys, key -> accessKey(key, visit)));
    }

    private Html accessKey(JsonNode key, Visit visit) {
        String id = key.path("AccessKeyId").asString("");
        String user = key.path("UserName").asString("");
        boolean active = key.path("Status").asString("").equals("Active");
        boolean inUse = id.equals(visit.session().accessKey());
        return Html.of(
                """
                <tr><td><code>{}</code></td><td>{}</td><td>{}</td><td class="when">{}</td><td>{}</td></tr>
                """,
                id,
                user.isEmpty() ? "the account’s own" : user,
                Html.of(
                        "<span class=\"state\">{}</span>{}",
                        active ? "active" : "inactive",
                        Html.when(inUse, new Html(" <small>logged in with it</small>"))),
                key.path("CreationTime").asString("").replace('T', ' ').replaceAll("[.Z].*$", ""),
                Html.when(!inUse, actions(id, user, active, visit)));
    }

    private Html actions(String id, String user, boolean active, Visit visit) {
        Html fields =
                Html.of(
                        """
                        <input type="hidden" name="key" value="{}"><input type="hidden" name="user" value="{}">\
                        """,
                        id,
                        user);
        return Html.of(
                """
                <div class="actions"><form method="post" action="{}">{}{}<input type="hidden" name="status" \
                value="{}"><button class="quiet" aria-label="{} {}">{}</button></form>{}</div>
                """,
                Links.deed("access-key-status"),
                visit.formFields("status-" + id, path()),
                fields,
                active ? "Inactive" : "Active",
                active ? "Deactivate" : "Activate",
                id,
                active ? "Deactivate" : "Activate",
                Html.when(
                        !active,
                        Html.of(
                                """
                                <form method="post" action="{}">{}{}<button class="quiet bad" \
                                aria-label="Delete {}">Delete</button></form>\
                                """,
                                Links.deed("access-key-delete"),
                                visit.formFields("delete-" + id, path()),
                                fields,
                                id)));
    }

    private Html encryption(Visit visit) {
        return Html.of(
                """
                <section aria-labelledby="encryption-title"><h2 id="encryption-title">Encryption keys</h2>{}\
                </section>
                """,
                Html.each(visit.queues().names(), region -> ofRegion(region, visit)));
    }

    private Html ofRegion(String region, Visit visit) {
        Html keys;
        try {
            keys = keys(region, visit);
        } catch (EcsException e) {
            keys = Notes.error("The keys of " + region + " can't be shown", e.error());
        }
        return Html.of(
                """
                <h3>{}</h3>{}<form method="post" action="{}">{}<input type="hidden" name="region" value="{}">\
                <button class="quiet" aria-label="Make a key in {}">Make a key</button></form>
                """,
                region,
                keys,
                Links.deed("encryption-key"),
                visit.formFields("key-" + region, path()),
                region,
                region);
    }

    private Html keys(String region, Visit visit) {
        List<JsonNode> keys = new ArrayList<>();
        JsonNode listed =
                visit.asker()
                        .look(
                                Api.KMS,
                                "ListKeys",
                                "RegionId",
                                region,
                                "PageSize",
                                Integer.toString(MOST_KEYS));
        for (JsonNode key : listed.path("Keys").path("Key")) {
            keys.add(
                    visit.asker()
                            .look(
                                    Api.KMS,
                                    "DescribeKey",
                                    "RegionId",
                                    region,
                                    "KeyId",
                                    key.path("KeyId").asString(""))
                            .path("KeyMetadata"));
        }
        return keys.isEmpty()
                ? new Html("<p class=\"empty\">None yet.</p>")
                : Html.of(
                        "<ul class=\"keys\">{}</ul>",
                        Html.each(keys, key -> key(region, key, visit)));
    }

    private Html key(String region, JsonNode key, Visit visit) {
        String id = key.path("KeyId").asString("");
        String state = key.path("KeyState").asString("");
        boolean service = key.path("Creator").asString("").equals("Ecs");
        return Html.of(
                "<li><code>{}</code> <span class=\"state\">{}</span> <small>{}</small>{}</li>",
                id,
                state.equals("PendingDeletion") ? "to be deleted" : state.toLowerCase(Locale.ROOT),
                service
                        ? "the service’s own"
                        : "the account’s " + key.path("Description").asString(""),
                Html.when(
                        !service && !state.equals("PendingDeletion"),
                        Html.of(
                                """
                                <form method="post" action="{}">{}<input type="hidden" name="region" value="{}">\
                                <input type="hidden" name="key" value="{}"><input type="hidden" name="status" \
                                value="{}"><button class="quiet" aria-label="{} {}">{}</button></form>\
                                """,
                                Links.deed("encryption-key-status"),
                                visit.formFields("state-" + id, path()),
                                region,
                                id,
                                state.equals("Enabled") ? "Disable" : "Enable",
                                state.equals("Enabled") ? "Disable" : "Enable",
                                id,
                                state.equals("Enabled") ? "Disable" : "Enable")));
    }
}

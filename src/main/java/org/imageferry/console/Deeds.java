package org.imageferry.console;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.EcsException;
import org.imageferry.ecs.Parameters;

/// What forms do, by their names: each a request or some of the API's.
final class Deeds {
    private static final String FROM_HERE = "to.";

    /// A form that was sent, by somebody who may send it.
    private record Sent(Visit visit, Parameters form) {
        String text(String name) {
            return form.text(name);
        }

        /// @param part tells apart what one form asks for
        void change(Api api, String part, String action, String... parameters) {
            visit.asker().change(form.text("nonce") + part, api, action, parameters);
        }

        void ecs(String action, String... parameters) {
            change(Api.ECS, "", action, parameters);
        }

        String[] image(String... more) {
            List<String> all =
                    new ArrayList<>(List.of("RegionId", text("region"), "ImageId", text("image")));
            all.addAll(List.of(more));
            return all.toArray(String[]::new);
        }
    }

    private interface Deed {
        /// @throws EcsException if it is refused
        Outcome act(Sent sent);
    }

    private static final Map<String, Deed> ALL = new LinkedHashMap<>();

    static {
        ALL.put("copy", Deeds::copy);
        ALL.put("cancel-copy", Deeds::cancelCopy);
        ALL.put("cancel-task", Deeds::cancelTask);
        ALL.put("delete", Deeds::delete);
        ALL.put("tag", Deeds::tag);
        ALL.put("untag", Deeds::untag);
        ALL.put("share", sent -> share(sent, "AddAccount.1", "The image is shared."));
        ALL.put(
                "unshare",
                sent -> share(sent, "RemoveAccount.1", "The image is shared no longer."));
        ALL.put("import", Deeds::importImage);
        ALL.put("access-key-status", Deeds::accessKeyStatus);
        ALL.put("access-key-delete", Deeds::deleteAccessKey);
        ALL.put("encryption-key", Deeds::makeKey);
        ALL.put("encryption-key-status", Deeds::keyStatus);
    }

    private Deeds() {}

    /// @return nothing if there is no such form
    static Optional<Outcome> act(String name, Visit visit, Parameters form) {
        return Optional.ofNullable(ALL.get(name)).map(deed -> act(deed, new Sent(visit, form)));
    }

    private static Outcome act(Deed deed, Sent sent) {
        try {
            return deed.act(sent);
        } catch (EcsException e) {
            return Outcome.refused(e.error().status(), Notes.error("That was refused", e.error()));
        }
    }

    /// One copy for each region that is ticked; where one is refused the others are still made.
    private static Outcome copy(Sent sent) {
        List<String> regions =
                sent.form().all().keySet().stream()
                        .filter(name -> name.startsWith(FROM_HERE))
                        .map(name -> name.substring(FROM_HERE.length()))
                        .toList();
        if (regions.isEmpty()) {
            return Outcome.refused(
                    400,
                    new Html(
                            """
                            <div class="note bad" role="alert"><p><strong>No region is ticked:</strong> \
                            choose at least one to copy to.</p></div>
                            """));
        }
        int status = 200;
        List<String> done = new ArrayList<>();
        List<Html> refused = new ArrayList<>();
        for (String region : regions) {
            try {
                copyTo(sent, region);
                done.add("The copy to " + region + " is on its way.");
            } catch (EcsException e) {
                status = status == 200 ? e.error().status() : status;
                refused.add(Notes.error("The copy to " + region + " was refused", e.error()));
            }
        }
        return new Outcome(status, done, refused, Optional.of(""));
    }

    private static void copyTo(Sent sent, String region) {
        List<String> parameters = new ArrayList<>();
        parameters.addAll(List.of("DestinationRegionId", region));
        parameters.addAll(List.of("DestinationImageName", sent.text("name")));
        parameters.addAll(List.of("KMSKeyId", sent.text("key")));
        if (sent.text("encrypt").equals("on")) {
            parameters.addAll(List.of("Encrypted", "true"));
        }
        sent.change(
                Api.ECS, "." + region, "CopyImage", sent.image(parameters.toArray(String[]::new)));
    }

    private static Outcome cancelCopy(Sent sent) {
        sent.ecs("CancelCopyImage", sent.image());
        return afterItsImage(sent, Outcome.done("The copy is cancelled, and leaves nothing."));
    }

    private static Outcome cancelTask(Sent sent) {
        sent.ecs("CancelTask", "RegionId", sent.text("region"), "TaskId", sent.text("task"));
        return Outcome.done("The task is cancelled.");
    }

    private static Outcome delete(Sent sent) {
        List<String> snapshots = new ArrayList<>();
        if (sent.text("snapshots").equals("on")) {
            ImageView.of(sent.visit().asker().own("DescribeImageDetail", sent.image()))
                    .disks()
                    .forEach(disk -> snapshots.add(disk.snapshot()));
        }
        sent.ecs("DeleteImage", sent.image());
        List<Html> refused = new ArrayList<>();
        int status = 200;
        for (String snapshot : snapshots) {
            try {
                sent.change(
                        Api.ECS,
                        "." + snapshot,
                        "DeleteSnapshot",
                        "RegionId",
                        sent.text("region"),
                        "SnapshotId",
                        snapshot);
            } catch (EcsException e) {
                status = e.error().status();
                refused.add(Notes.error("Its snapshot " + snapshot + " stays", e.error()));
            }
        }
        List<String> done = List.of("The image is deleted.");
        return afterItsImage(sent, new Outcome(status, done, refused, Optional.empty()));
    }

    /// Its own page is gone with the image.
    private static Outcome afterItsImage(Sent sent, Outcome outcome) {
        return sent.text("from").startsWith("images/")
                ? outcome.then("regions/" + Links.segment(sent.text("region")))
                : outcome;
    }

    private static Outcome tag(Sent sent) {
        sent.ecs(
                "TagResources",
                tagged(sent, "Tag.1.Key", sent.text("key"), "Tag.1.Value", sent.text("value")));
        return Outcome.done("The image is tagged.");
    }

    private static Outcome untag(Sent sent) {
        sent.ecs("UntagResources", tagged(sent, "TagKey.1", sent.text("key")));
        return Outcome.done("The tag is off.");
    }

    private static String[] tagged(Sent sent, String... more) {
        List<String> all =
                new ArrayList<>(
                        List.of(
                                "RegionId",
                                sent.text("region"),
                                "ResourceType",
                                "image",
                                "ResourceId.1",
                                sent.text("image")));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private static Outcome share(Sent sent, String parameter, String done) {
        sent.ecs("ModifyImageSharePermission", sent.image(parameter, sent.text("account")));
        return Outcome.done(done);
    }

    private static Outcome importImage(Sent sent) {
        sent.ecs(
                "ImportImage",
                "RegionId",
                sent.text("region"),
                "DiskDeviceMapping.1.OSSBucket",
                sent.text("bucket"),
                "DiskDeviceMapping.1.OSSObject",
                sent.text("object"),
                "DiskDeviceMapping.1.Format",
                sent.text("format"),
                "ImageName",
                sent.text("name"));
        return Outcome.done("The import is on its way.");
    }

    private static Outcome accessKeyStatus(Sent sent) {
        sent.change(
                Api.FERRY,
                "",
                "ModifyAccessKey",
                "UserAccessKeyId",
                sent.text("key"),
                "UserName",
                sent.text("user"),
                "Status",
                sent.text("status"));
        return Outcome.done(
                "The access key is " + sent.text("status").toLowerCase(Locale.ROOT) + ".");
    }

    private static Outcome deleteAccessKey(Sent sent) {
        sent.change(
                Api.FERRY,
                "",
                "DeleteAccessKey",
                "UserAccessKeyId",
                sent.text("key"),
                "UserName",
                sent.text("user"));
        return Outcome.done("The access key is deleted.");
    }

    private static Outcome makeKey(Sent sent) {
        sent.change(Api.KMS, "", "CreateKey", "RegionId", sent.text("region"));
        return Outcome.done("The key is made.");
    }

    private static Outcome keyStatus(Sent sent) {
        boolean enable = sent.text("status").equals("Enable");
        sent.change(
                Api.KMS,
                "",
                enable ? "EnableKey" : "DisableKey",
                "RegionId",
                sent.text("region"),
                "KeyId",
                sent.text("key"));
        return Outcome.done(enable ? "The key is enabled." : "The key is disabled.");
    }
}

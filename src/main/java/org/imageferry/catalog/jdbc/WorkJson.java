package org.imageferry.catalog.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.imageferry.domain.BlockCheck;
import org.imageferry.domain.BucketName;
import org.imageferry.domain.ExportFormat;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.ObjectKey;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.SnapshotId;
import org.imageferry.domain.Work;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A task's work as JSON, the form in which the catalog keeps it. Written out by hand: rows outlive the
/// names of classes.
final class WorkJson {
    private static final JsonMapper JSON = new JsonMapper();

    private WorkJson() {}

    static String write(Work work) {
        ObjectNode json = JSON.createObjectNode();
        switch (work) {
            case Work.CopyImage copy ->
                    json.put("source", copy.source().value())
                            .put("sourceRegion", copy.sourceRegion().value())
                            .put("check", copy.check().title());
            case Work.CopySnapshot copy ->
                    json.put("source", copy.source().value())
                            .put("sourceRegion", copy.sourceRegion().value())
                            .put("snapshot", copy.snapshot().value());
            case Work.ImportImage imported ->
                    imported.disks().forEach(disk -> put(json.withArray("disks"), disk));
            case Work.ExportImage export ->
                    json.put("bucket", export.bucket().value())
                            .put("prefix", export.prefix())
                            .put("format", export.format().title())
                            .put("compressed", export.format().compressed());
            case Work.VerifyImages verify ->
                    verify.image().ifPresent(image -> json.put("image", image.value()));
        }
        return json.toString();
    }

    private static void put(ArrayNode disks, Work.ImportedDisk disk) {
        disks.addObject()
                .put("bucket", disk.bucket().value())
                .put("object", disk.object().value())
                .put("length", disk.length())
                .put("etag", disk.etag())
                .put("format", disk.format());
    }

    static Work read(Work.Action action, String text) {
        JsonNode json = JSON.readTree(text);
        return switch (action) {
            case CopyImage ->
                    new Work.CopyImage(
                            new ImageId(text(json, "source")),
                            new RegionId(text(json, "sourceRegion")),
                            BlockCheck.of(json.path("check").asString(BlockCheck.STORED.title())));
            case CopySnapshot ->
                    new Work.CopySnapshot(
                            new SnapshotId(text(json, "source")),
                            new RegionId(text(json, "sourceRegion")),
                            new SnapshotId(text(json, "snapshot")));
            case ImportImage -> new Work.ImportImage(disks(json.path("disks")));
            case ExportImage ->
                    new Work.ExportImage(
                            new BucketName(text(json, "bucket")),
                            text(json, "prefix"),
                            format(json));
            case VerifyImages ->
                    new Work.VerifyImages(
                            Optional.of(json)
                                    .filter(it -> it.has("image"))
                                    .map(it -> new ImageId(text(it, "image"))));
        };
    }

    /// Rows of the first release name none: all was raw then.
    private static ExportFormat format(JsonNode json) {
        return ExportFormat.of(
                        json.path("format").asString(ExportFormat.RAW.title()),
                        json.path("compressed").asBoolean(false))
                .orElseThrow(() -> new IllegalStateException("an export as " + json));
    }

    private static List<Work.ImportedDisk> disks(JsonNode json) {
        List<Work.ImportedDisk> disks = new ArrayList<>();
        for (JsonNode disk : json) {
            disks.add(
                    new Work.ImportedDisk(
                            new BucketName(text(disk, "bucket")),
                            new ObjectKey(text(disk, "object")),
                            disk.required("length").longValue(),
                            text(disk, "etag"),
                            text(disk, "format")));
        }
        return disks;
    }

    private static String text(JsonNode json, String field) {
        return json.required(field).stringValue();
    }
}

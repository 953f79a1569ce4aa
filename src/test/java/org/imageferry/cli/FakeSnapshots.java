package org.imageferry.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.imageferry.cli.FakeFerry.Refused;
import org.imageferry.cli.FakeFerry.Request;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Snapshots, as a [FakeFerry] has them: three in one region, the last of them damaged.
final class FakeSnapshots {
    private static final String REGION = "cn-hangzhou";
    private static final String DAMAGED = "s-3";

    private final List<String> ids = new ArrayList<>(List.of("s-1", "s-2", DAMAGED));
    private final Map<String, String> said = new TreeMap<>();

    /// @return whether it was about these
    synchronized boolean answer(Request request, ObjectNode answer) throws Refused {
        switch (request.action()) {
            case "DescribeSnapshots" -> list(request, answer);
            case "DescribeSnapshotDetail" -> detail(request.get("SnapshotId"), answer);
            case "ModifySnapshotAttribute", "SetSnapshotImageCreation" ->
                    said.putAll(request.parameters());
            case "DeleteSnapshot" -> ids.remove(request.get("SnapshotId"));
            default -> {
                return false;
            }
        }
        return true;
    }

    /// A page of two, then the rest.
    private void list(Request request, ObjectNode answer) {
        ArrayNode list = answer.putObject("Snapshots").putArray("Snapshot");
        if (!request.get("RegionId").equals(REGION)) {
            return;
        }
        boolean first = request.get("NextToken").isEmpty();
        int end = Math.min(2, ids.size());
        List<String> page = first ? ids.subList(0, end) : ids.subList(end, ids.size());
        page.forEach(id -> describe(list.addObject(), id));
        answer.put("NextToken", first && end < ids.size() ? "more" : "");
    }

    private void detail(String id, ObjectNode answer) throws Refused {
        if (!ids.contains(id)) {
            throw new Refused(
                    404, "InvalidSnapshotId.NotFound", "The specified SnapshotId does not exist.");
        }
        describe(answer, id);
        answer.put("Bytes", 5 << 20)
                .put("ContentBytes", 3 << 20)
                .put("Parts", 1)
                .put("Digest", "ab".repeat(32))
                .put("Damage", id.equals(DAMAGED) ? "part ab: a bit flipped" : "")
                .put("ImageCreationAllowed", said.getOrDefault("Allowed", "true"))
                .put("ExpirationTime", "");
        answer.putObject("Images")
                .putArray("Image")
                .addObject()
                .put("ImageId", "m-1")
                .put("ImageName", "golden");
    }

    private void describe(ObjectNode snapshot, String id) {
        snapshot.put("SnapshotId", id)
                .put("SnapshotName", said.getOrDefault("SnapshotName", "disk"))
                .put("RegionId", REGION)
                .put("Status", "accomplished")
                .put("Available", !id.equals(DAMAGED))
                .put("Progress", "100%")
                .put("SourceDiskSize", "40")
                .put("Usage", "image")
                .put("CreationTime", "2026-11-22T01:09:36Z");
    }
}

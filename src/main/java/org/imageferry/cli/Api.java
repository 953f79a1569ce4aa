package org.imageferry.cli;

import java.util.ArrayList;
import java.util.List;
import org.imageferry.ecs.client.BucketClient;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsClient;
import org.imageferry.ecs.client.EcsFailure;
import org.imageferry.ecs.client.RemoteObject;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The calls that several commands make.
final class Api {
    /// Every account has a bucket of this name in every region.
    static final String BUCKET = "images";

    /// The most that DescribeImages gives at once.
    private static final int PAGE = 100;

    private static final int MOST_PAGES = 10_000;

    private final EcsClient client;
    private final BucketClient buckets;

    Api(EcsClient client) {
        this.client = client;
        this.buckets = new BucketClient(client);
    }

    BucketClient buckets() {
        return buckets;
    }

    RemoteObject object(String region, String key) {
        return new RemoteObject(region, BUCKET, key);
    }

    ObjectNode call(Call call) throws EcsFailure {
        return client.call(call);
    }

    List<String> regions() throws EcsFailure {
        return each(call(Call.ecs("DescribeRegions")), "Regions", "Region").stream()
                .map(region -> text(region, "RegionId"))
                .toList();
    }

    /// A call that finds images in any state.
    static Call anyImages() {
        return Call.ecs("DescribeImages").with("Status", "ALL");
    }

    /// All images that a call describes, page by page, each with its RegionId added.
    List<ObjectNode> images(String region, Call describe) throws EcsFailure {
        List<ObjectNode> images = new ArrayList<>();
        for (int page = 1; page <= MOST_PAGES; page++) {
            ObjectNode answer =
                    call(
                            describe.with("RegionId", region)
                                    .with("PageSize", PAGE)
                                    .with("PageNumber", page));
            List<ObjectNode> found = each(answer, "Images", "Image");
            found.forEach(image -> image.put("RegionId", region));
            images.addAll(found);
            if (found.size() < PAGE || images.size() >= answer.path("TotalCount").asLong(0)) {
                return images;
            }
        }
        throw new IllegalStateException("DescribeImages has no end in " + region);
    }

    /// Finds an image, whatever its state, in the first of these regions that has it.
    ObjectNode image(String id, List<String> regions) throws EcsFailure, CommandFailure {
        for (String region : regions) {
            List<ObjectNode> found = images(region, anyImages().with("ImageId", id));
            if (!found.isEmpty()) {
                return found.getFirst();
            }
        }
        throw new CommandFailure(
                "there is no image %s in %s; 'imageferry images --all' lists what there is"
                        .formatted(id, regions.size() == 1 ? regions.getFirst() : "any region"));
    }

    /// All snapshots that a call describes, page by page.
    List<ObjectNode> snapshots(String region, Call describe) throws EcsFailure {
        List<ObjectNode> snapshots = new ArrayList<>();
        Call next = describe.with("RegionId", region).with("MaxResults", PAGE);
        for (int page = 1; page <= MOST_PAGES; page++) {
            ObjectNode answer = call(next);
            snapshots.addAll(each(answer, "Snapshots", "Snapshot"));
            String token = text(answer, "NextToken");
            if (token.isEmpty()) {
                return snapshots;
            }
            next =
                    describe.with("RegionId", region)
                            .with("MaxResults", PAGE)
                            .with("NextToken", token);
        }
        throw new IllegalStateException("DescribeSnapshots has no end in " + region);
    }

    /// The whole story of an image, with its RegionId added.
    ObjectNode detail(String region, String image) throws EcsFailure {
        ObjectNode detail =
                call(
                        Call.own("DescribeImageDetail")
                                .with("RegionId", region)
                                .with("ImageId", image));
        return detail.put("RegionId", region);
    }

    /// The open tasks of a DescribeQueue call, each with its RegionId added.
    List<ObjectNode> tasks(Call describeQueue) throws EcsFailure {
        List<ObjectNode> tasks = new ArrayList<>();
        for (ObjectNode queue : each(call(describeQueue), "Queues", "Queue")) {
            for (ObjectNode task : each(queue, "Tasks", "Task")) {
                tasks.add(task.put("RegionId", text(queue, "RegionId")));
            }
        }
        return tasks;
    }

    /// The open tasks of a region.
    List<ObjectNode> tasks(String region) throws EcsFailure {
        return tasks(Call.own("DescribeQueue").with("RegionId", region));
    }

    ObjectNode task(String region, String task) throws EcsFailure {
        return call(
                Call.ecs("DescribeTaskAttribute").with("RegionId", region).with("TaskId", task));
    }

    /// The elements of a list in the API's form: `{"Images":{"Image":[…]}}`.
    static List<ObjectNode> each(JsonNode parent, String wrapper, String element) {
        List<ObjectNode> nodes = new ArrayList<>();
        for (JsonNode node : parent.path(wrapper).path(element).values()) {
            if (node instanceof ObjectNode object) {
                nodes.add(object);
            }
        }
        return nodes;
    }

    /// Empty if the field is missing.
    static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }

    /// 0 if the field is missing. Some of the API's numbers are strings.
    static long number(JsonNode node, String field) {
        return node.path(field).asLong(0);
    }
}

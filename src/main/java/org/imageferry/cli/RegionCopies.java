package org.imageferry.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.imageferry.cli.Followed.Outcome;
import org.imageferry.cli.Interruption.Guard;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Starts copies of one image or snapshot into several regions and waits for them; one that fails stops
/// no other.
final class RegionCopies {
    private final Surroundings surroundings;
    private final Api api;
    private final Kind kind;

    RegionCopies(Surroundings surroundings, Api api, Kind kind) {
        this.surroundings = surroundings;
        this.api = api;
        this.kind = kind;
    }

    /// What is copied.
    enum Kind {
        IMAGE("ImageId") {
            @Override
            Followed followed(Api api, String region, String id) {
                return new Followed.ImageCopy(region, region, id);
            }

            @Override
            void finish(ObjectNode result, ObjectNode facts) {
                result.setAll(facts);
            }
        },
        SNAPSHOT("SnapshotId") {
            /// CopySnapshot answers no task id.
            @Override
            Followed followed(Api api, String region, String id) throws EcsFailure {
                Call describe =
                        Call.ecs("DescribeTasks")
                                .with("RegionId", region)
                                .with("ResourceIds.1", id);
                String task =
                        Api.each(api.call(describe), "TaskSet", "Task").stream()
                                .map(it -> Api.text(it, "TaskId"))
                                .findFirst()
                                .orElse("");
                return new Followed.Task(region, region, task);
            }

            @Override
            void finish(ObjectNode result, ObjectNode facts) {
                result.put("Status", "accomplished");
            }
        };

        private final String idField;

        Kind(String idField) {
            this.idField = idField;
        }

        abstract Followed followed(Api api, String region, String id) throws EcsFailure;

        /// @param facts what the API says of it when it is done
        abstract void finish(ObjectNode result, ObjectNode facts);

        private String id(ObjectNode result) {
            return Api.text(result, idField);
        }
    }

    /// @param copy the call for a destination region
    /// @return one object for each destination, in their order; a failed one has a `Code`
    List<ObjectNode> run(Set<String> destinations, Function<String, Call> copy, boolean detached)
            throws EcsFailure {
        List<ObjectNode> results = new ArrayList<>();
        for (String region : destinations) {
            results.add(start(region, copy.apply(region)));
        }
        List<ObjectNode> started = results.stream().filter(result -> !result.has("Code")).toList();
        if (!detached && !started.isEmpty()) {
            follow(started);
        }
        return results;
    }

    private ObjectNode start(String region, Call call) {
        try {
            return api.call(call.once(surroundings.nonces().get()))
                    .put("RegionId", region)
                    .put("Status", "Waiting");
        } catch (EcsFailure failure) {
            surroundings.say(words(region, Failures.explain(failure)));
            return refused(region, failure);
        }
    }

    private void follow(List<ObjectNode> started) throws EcsFailure {
        List<Followed> copies = new ArrayList<>();
        for (ObjectNode copy : started) {
            copies.add(kind.followed(api, Api.text(copy, "RegionId"), kind.id(copy)));
        }
        List<Outcome> outcomes;
        try (Guard _ = surroundings.interruption().onInterrupt(() -> sayTheyGoOn(started))) {
            outcomes = new Follower(surroundings, api, copies).follow();
        }
        for (int i = 0; i < started.size(); i++) {
            finish(started.get(i), outcomes.get(i));
        }
    }

    private void finish(ObjectNode result, Outcome outcome) {
        switch (outcome) {
            case Outcome.Good good -> kind.finish(result, good.facts());
            case Outcome.Failed failed ->
                    result.put("Status", "Failed")
                            .put("Code", "CopyFailed")
                            .put("Message", failed.reason());
        }
    }

    private void sayTheyGoOn(List<ObjectNode> started) {
        surroundings.say("the copies go on; follow them with: imageferry copies --follow");
        for (ObjectNode copy : started) {
            surroundings.say(
                    "cancel the one in %s with: imageferry cancel %s"
                            .formatted(Api.text(copy, "RegionId"), kind.id(copy)));
        }
    }

    /// Prints what has become of them.
    ///
    /// @return the exit code
    int print(Imageferry program, List<ObjectNode> results) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        Table table = new Table("REGION", kind.name(), "STATUS");
        for (ObjectNode result : results) {
            all.add(result);
            table.row(Api.text(result, "RegionId"), kind.id(result), Api.text(result, "Status"));
        }
        program.print(all, table);
        return results.stream().anyMatch(it -> it.has("Code")) ? Failures.FAILED : 0;
    }

    /// The result of a copy that was not even accepted.
    static ObjectNode refused(String region, EcsFailure failure) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("RegionId", region)
                .put("Status", "Refused")
                .put("Code", failure.code())
                .put("Message", failure.reason())
                .put("RequestId", failure.requestId().orElse(""));
    }

    static String words(String region, String reason) {
        return "imageferry: cannot copy to " + region + ": " + reason;
    }
}

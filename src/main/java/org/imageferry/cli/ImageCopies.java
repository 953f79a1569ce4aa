package org.imageferry.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.imageferry.cli.Followed.Outcome;
import org.imageferry.cli.Interruption.Guard;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Starts copies of one image into several regions and waits for them; one that fails stops no other.
final class ImageCopies {
    private final Surroundings surroundings;
    private final Api api;

    ImageCopies(Surroundings surroundings, Api api) {
        this.surroundings = surroundings;
        this.api = api;
    }

    /// @param copyImage the call for a destination region
    /// @return one object for each destination, in their order; a failed one has a `Code`
    List<ObjectNode> run(
            Set<String> destinations, Function<String, Call> copyImage, boolean detached) {
        List<ObjectNode> results = new ArrayList<>();
        List<Followed> started = new ArrayList<>();
        for (String region : destinations) {
            ObjectNode result = start(region, copyImage.apply(region));
            results.add(result);
            if (!result.has("Code")) {
                started.add(new Followed.ImageCopy(region, region, Api.text(result, "ImageId")));
            }
        }
        if (!detached && !started.isEmpty()) {
            follow(started, results);
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

    private void follow(List<Followed> started, List<ObjectNode> results) {
        List<Outcome> outcomes;
        try (Guard _ = surroundings.interruption().onInterrupt(() -> sayTheyGoOn(results))) {
            outcomes = new Follower(surroundings, api, started).follow();
        }
        int next = 0;
        for (ObjectNode result : results) {
            if (!result.has("Code")) {
                finish(result, outcomes.get(next));
                next++;
            }
        }
    }

    private static void finish(ObjectNode result, Outcome outcome) {
        switch (outcome) {
            case Outcome.Good good -> result.setAll(good.facts());
            case Outcome.Failed failed ->
                    result.put("Status", "Failed")
                            .put("Code", "CopyFailed")
                            .put("Message", failed.reason());
        }
    }

    private void sayTheyGoOn(List<ObjectNode> results) {
        surroundings.say("the copies go on; follow them with: imageferry queue --watch");
        for (ObjectNode result : results) {
            if (!result.has("Code")) {
                surroundings.say(
                        "cancel the one in %s with: imageferry cancel %s"
                                .formatted(
                                        Api.text(result, "RegionId"), Api.text(result, "ImageId")));
            }
        }
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

package org.imageferry.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.imageferry.ecs.client.EcsFailure;
import tools.jackson.databind.node.ObjectNode;

/// A task at the server that somebody waits for.
sealed interface Followed {
    String region();

    /// What stands before its progress bar.
    String label();

    /// Whether this element of DescribeQueue is about it.
    boolean is(ObjectNode task);

    /// Asked when the queue has it no more; nothing if it is open all the same.
    Optional<Outcome> outcome(Api api) throws EcsFailure;

    /// Followed by the image that it brings: CopyImage answers no task id.
    record ImageCopy(String region, String label, String image) implements Followed {
        @Override
        public boolean is(ObjectNode task) {
            return Api.text(task, "TaskAction").equals("CopyImage")
                    && Api.text(task, "ImageId").equals(image);
        }

        @Override
        public Optional<Outcome> outcome(Api api) throws EcsFailure {
            ObjectNode detail;
            try {
                detail = api.detail(region, image);
            } catch (EcsFailure failure) {
                if (failure.code().equals("InvalidImageId.NotFound")) {
                    return Optional.of(new Outcome.Failed("it was cancelled"));
                }
                throw failure;
            }
            return switch (Api.text(detail, "Status")) {
                case "Waiting", "Creating" -> Optional.empty();
                case "CreateFailed" ->
                        Optional.of(new Outcome.Failed(Api.text(detail.path("Task"), "Reason")));
                case "UnAvailable" ->
                        Optional.of(
                                new Outcome.Failed(
                                        "some of its bytes are damaged by now; 'imageferry show'"
                                                + " tells which, and it becomes available once they"
                                                + " are healed"));
                default -> Optional.of(new Outcome.Good(detail));
            };
        }
    }

    /// Followed by its own id, as all tasks but copies can be.
    record Task(String region, String label, String id) implements Followed {
        @Override
        public boolean is(ObjectNode task) {
            return Api.text(task, "TaskId").equals(id);
        }

        @Override
        public Optional<Outcome> outcome(Api api) throws EcsFailure {
            ObjectNode task = api.task(region, id);
            return switch (Api.text(task, "TaskStatus")) {
                case "Processing", "Waiting" -> Optional.empty();
                case "Finished" -> Optional.of(new Outcome.Good(task));
                case "Failed" -> Optional.of(new Outcome.Failed(reason(task)));
                default -> Optional.of(new Outcome.Failed("it was cancelled"));
            };
        }

        private static String reason(ObjectNode task) {
            List<String> reasons = new ArrayList<>();
            for (ObjectNode step : Api.each(task, "OperationProgressSet", "OperationProgress")) {
                String text = Api.text(step, "ErrorMsg");
                String code = Api.text(step, "ErrorCode");
                if (!text.isEmpty()) {
                    reasons.add(code.isEmpty() ? text : text + " (" + code + ")");
                }
            }
            return reasons.isEmpty() ? "the server gave no reason" : String.join("; ", reasons);
        }
    }

    /// How it ended.
    sealed interface Outcome {
        /// @param facts what the API says about it now
        record Good(ObjectNode facts) implements Outcome {}

        record Failed(String reason) implements Outcome {}
    }
}

package org.imageferry.domain;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What kind of task ended, and how: `copy.finished`.
public record EventType(Work.Action action, End end) {
    /// In the order of the actions, then of the ends.
    public static final List<EventType> ALL =
            Stream.of(Work.Action.values())
                    .flatMap(action ->
                            Stream.of(End.values()).map(end -> new EventType(action, end)))
                    .toList();

    /// The words of the wire.
    public enum End {
        finished,
        failed,
        cancelled;

        private static End of(TaskState state) {
            return switch (state) {
                case TaskState.Done _ -> finished;
                case TaskState.Failed _ -> failed;
                case TaskState.Cancelled _ -> cancelled;
                case TaskState.Open _ -> throw new IllegalArgumentException("no end: " + state);
            };
        }
    }

    /// @param ended a task
    public static EventType of(Task ended) {
        return new EventType(ended.work().action(), End.of(ended.state()));
    }

    public String text() {
        return subject(action) + "." + end;
    }

    private static String subject(Work.Action action) {
        return switch (action) {
            case CopyImage -> "copy";
            case CopySnapshot -> "snapshot_copy";
            case ImportImage -> "import";
            case ExportImage -> "export";
            case VerifyImages -> "verification";
        };
    }

    /// The type of this name, if there is one.
    public static Optional<EventType> find(String text) {
        return ALL.stream().filter(type -> type.text().equals(text)).findFirst();
    }

    @Override
    public String toString() {
        return text();
    }
}

package org.imageferry.ecs;

/// What is refused about tasks.
///
/// Source: ECS API 2014-05-26, CancelTask, "Error codes".
public final class TaskErrors {
    private TaskErrors() {}

    public static final EcsError UNKNOWN_TASK =
            new EcsError(400, "InvalidTaskId.NotFound", "The specified \"TaskId\" is not found.");
    public static final EcsError UNKNOWN_NODE =
            new EcsError(404, "InvalidNodeName.NotFound", "The specified NodeName does not exist.");
    public static final EcsError TASK_ENDED =
            new EcsError(
                    403,
                    "InvalidTaskId.IncorrectTaskStatus",
                    "The specified task status is not invalid.");
    public static final EcsError TASK_NOT_CANCELLABLE =
            new EcsError(
                    403,
                    "InvalidTaskId.TaskActionNotSupport",
                    "The specified task action not support.");
}

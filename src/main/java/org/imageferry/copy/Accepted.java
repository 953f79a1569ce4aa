package org.imageferry.copy;

import org.imageferry.domain.ImageId;
import org.imageferry.domain.TaskId;

/// The answer to a request that goes on as a task.
public record Accepted(ImageId image, TaskId task) {}

package org.imageferry.domain;

/// Where an image stands. How far a waiting or creating one has come is its task's to say.
public sealed interface ImageState {
    /// Its task waits in the queue.
    record Waiting() implements ImageState {}

    /// Its task runs.
    record Creating() implements ImageState {}

    /// Whole, verified, durable.
    record Available() implements ImageState {}

    /// Whole, but its owner wants it used no more. It may become available again.
    @SuppressWarnings("AvoidCommonTypeNames") // ECS's word for it
    record Deprecated() implements ImageState {}

    /// Whole once, but some of its bytes are damaged now, and could not be healed yet. It becomes what it
    /// was again when they are.
    ///
    /// @param deprecated whether that was deprecated
    record UnAvailable(boolean deprecated) implements ImageState {}

    /// Its task failed: only this row is left, and it goes after seven days.
    record CreateFailed(String reason) implements ImageState {}
}

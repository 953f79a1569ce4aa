package org.imageferry.domain;

/// Where an image stands. How far a waiting or creating one has come is its task's to say.
public sealed interface ImageState {
    /// Its task waits in the queue.
    record Waiting() implements ImageState {}

    /// Its task runs.
    record Creating() implements ImageState {}

    /// Whole, verified, durable.
    record Available() implements ImageState {}

    /// Its task failed: only this row is left, and it goes after seven days.
    record CreateFailed(String reason) implements ImageState {}
}

package org.imageferry.store.s3;

/// Is told of each request to S3, tries counted each. Any number of threads may tell.
public interface S3Watch {
    /// Keeps account of nothing.
    S3Watch NONE = (_, _, _) -> {};

    /// How a request went, as far as S3 is concerned.
    enum Outcome {
        /// It was answered, if only that there is no such object.
        OK,
        /// The server asked for fewer requests.
        THROTTLED,
        /// The server answered with some other error.
        REFUSED,
        /// There was no whole answer: no connection, not in time, or one that broke.
        UNANSWERED
    }

    /// @param nanos that it took, without the wait for its turn
    void asked(S3Operation operation, Outcome outcome, long nanos);
}

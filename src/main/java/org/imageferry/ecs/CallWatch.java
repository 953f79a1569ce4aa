package org.imageferry.ecs;

/// Is told of each call: when it comes, and how it ends.
public interface CallWatch {
    /// Looks away.
    CallWatch NONE = () -> (_, _, _) -> {};

    /// The code of what is no error.
    String OK = "OK";

    /// A call came.
    Ending begin();

    /// Is told once how the call ended.
    interface Ending {
        /// It is about to be answered. Must not throw.
        ///
        /// @param status of HTTP
        /// @param code of the error, or [#OK]
        void ended(Trail trail, int status, String code);
    }
}

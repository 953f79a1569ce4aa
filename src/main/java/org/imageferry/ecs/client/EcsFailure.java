package org.imageferry.ecs.client;

import java.time.Duration;
import java.util.Optional;

/// A call that brought no good answer: refused by the server, or never answered.
public final class EcsFailure extends Exception {
    /// Nothing listens where the server should be.
    public static final String UNREACHABLE = "Unreachable";

    /// The connection broke before the answer was complete.
    public static final String CONNECTION_LOST = "ConnectionLost";

    /// What came back is no answer of this API, or not the bytes it claims to be.
    public static final String BAD_ANSWER = "BadAnswer";

    private static final long serialVersionUID = 1;

    private final int status;
    private final String code;
    private final String requestId;
    private Duration retryAfter = Duration.ZERO;
    private String recommend = "";

    /// @param status of HTTP; 0 if there was no answer
    /// @param code the API's error code, or one of the constants here
    /// @param message in the server's words, or ours
    /// @param requestId empty if the server gave none
    public EcsFailure(int status, String code, String message, String requestId) {
        super(message);
        this.status = status;
        this.code = code;
        this.requestId = requestId;
    }

    static EcsFailure unanswered(String code, String message, Exception cause) {
        EcsFailure failure = new EcsFailure(0, code, message, "");
        failure.initCause(cause);
        return failure;
    }

    /// @param milliseconds as the server's header says it; what is no number counts as none
    EcsFailure after(String milliseconds) {
        if (milliseconds.matches("[0-9]{1,9}")) {
            retryAfter = Duration.ofMillis(Long.parseLong(milliseconds));
        }
        return this;
    }

    /// @param words of the server, about which value it is or what to do next; empty if it gave none
    EcsFailure recommending(String words) {
        recommend = words;
        return this;
    }

    /// What the server recommends.
    public Optional<String> recommend() {
        return recommend.isEmpty() ? Optional.empty() : Optional.of(recommend);
    }

    /// How long the server wants to be left alone; zero if it did not say.
    Duration retryAfter() {
        return retryAfter;
    }

    /// Whether the server has done nothing for the call, because too many came.
    boolean throttled() {
        return code.startsWith("Throttling");
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    /// The API's message; never null.
    public String reason() {
        return String.valueOf(getMessage());
    }

    public Optional<String> requestId() {
        return requestId.isEmpty() ? Optional.empty() : Optional.of(requestId);
    }

    /// Whether the same call may succeed a little later.
    public boolean passing() {
        return code.equals(CONNECTION_LOST)
                || throttled()
                || code.equals("ServiceUnavailable")
                || status == 502
                || status == 503
                || status == 504;
    }
}

package org.imageferry.events;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import org.imageferry.catalog.Webhooks;
import org.imageferry.domain.WebhookUrl;
import org.imageferry.kms.MasterKey;

/// Tries once to deliver a message.
record Attempt(Poster poster, MasterKey master, InstantSource clock) {
    private static final int GONE = 410;
    private static final int MOST_ERROR_CHARS = 300;

    /// How it went.
    ///
    /// @param status of the answer; nothing if there was none
    /// @param error nothing if it was delivered
    record Outcome(Optional<Integer> status, Optional<String> error) {
        Deliverer.Result result() {
            if (error.isEmpty()) {
                return Deliverer.Result.DELIVERED;
            }
            return status.isPresent() ? Deliverer.Result.REFUSED : Deliverer.Result.UNANSWERED;
        }

        /// Whether the receiver wants nothing any more.
        boolean gone() {
            return status.filter(it -> it == GONE).isPresent();
        }
    }

    /// What counts as delivered: Standard Webhooks 1.0.0, "Delivery success and failure".
    Outcome make(Webhooks.Kept to, Message message) {
        WebhookUrl url = to.webhook().url();
        try {
            WebhookSecret secret = WebhookSecret.unwrap(master, to);
            int status =
                    poster.post(url, message.headers(secret, clock.instant()), message.bytes());
            return new Outcome(Optional.of(status), error(status));
        } catch (IOException e) {
            return failed(e.getMessage() == null ? e.toString() : e.getMessage());
        } catch (IllegalArgumentException _) {
            return failed("its secret was wrapped by another master key: create it anew");
        }
    }

    private static Outcome failed(String reason) {
        String error = reason.substring(0, Math.min(MOST_ERROR_CHARS, reason.length()));
        return new Outcome(Optional.empty(), Optional.of(error));
    }

    private static Optional<String> error(int status) {
        return switch (status / 100) {
            case 2 -> Optional.empty();
            case 3 -> Optional.of("it answered " + status + ", and redirects are not followed");
            default -> Optional.of("it answered " + status);
        };
    }
}

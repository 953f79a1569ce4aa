package org.imageferry.server;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.server.Request;
import org.imageferry.access.Secret;
import org.imageferry.settings.StartException;

/// Who may read the metrics: who knows the token, if there is one; else who asks from this machine, and not for
/// somebody else.
///
/// Metrics tell nothing of accounts, but how much is stored and how a server fails is no business of strangers.
final class MetricsReaders {
    private static final String BEARER = "Bearer ";

    private final Optional<Secret> token;

    private MetricsReaders(Optional<Secret> token) {
        this.token = token;
    }

    /// @param variable that holds the token
    /// @throws StartException if a variable is named and not set
    static MetricsReaders of(Optional<String> variable, Map<String, String> environment)
            throws StartException {
        if (variable.isEmpty()) {
            return new MetricsReaders(Optional.empty());
        }
        String value = environment.getOrDefault(variable.get(), "");
        if (value.isBlank()) {
            throw new StartException(
                    "the environment variable %s is not set, and 'metrics-token-env' names it: set it, or correct the settings"
                            .formatted(variable.get()));
        }
        return new MetricsReaders(Optional.of(new Secret(value.strip())));
    }

    boolean admit(Request request) {
        return token.map(it -> knows(request, it)).orElseGet(() -> isHere(request));
    }

    private static boolean knows(Request request, Secret token) {
        String sent = Optional.ofNullable(request.getHeaders().get("Authorization")).orElse("");
        return MessageDigest.isEqual(
                sent.getBytes(StandardCharsets.UTF_8),
                (BEARER + token.value()).getBytes(StandardCharsets.UTF_8));
    }

    /// A proxy on this machine asks for others, and says so.
    private static boolean isHere(Request request) {
        boolean forAnother =
                request.getHeaders().contains("X-Forwarded-For")
                        || request.getHeaders().contains("Forwarded");
        return !forAnother
                && request.getConnectionMetaData().getRemoteSocketAddress()
                        instanceof InetSocketAddress peer
                && peer.getAddress() != null
                && peer.getAddress().isLoopbackAddress();
    }

    /// What who was not admitted can do about it.
    String advice() {
        return token.isPresent()
                ? "send the token in a header 'Authorization: Bearer TOKEN'"
                : "ask from the machine itself, or have 'metrics-token-env' in the settings name a variable that holds a token";
    }
}

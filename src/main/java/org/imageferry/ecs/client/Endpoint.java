package org.imageferry.ecs.client;

import java.net.URI;
import java.net.URISyntaxException;

/// Where a server listens: scheme, host and port, nothing more.
public final class Endpoint {
    private final URI uri;

    private Endpoint(URI uri) {
        this.uri = uri;
    }

    /// @throws IllegalArgumentException if the text is no `http://host:port` or `https://host:port`
    public static Endpoint parse(String text) {
        try {
            URI uri = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            if (good(uri)) {
                return new Endpoint(uri);
            }
        } catch (URISyntaxException _) {
            // said below, in words that help more than where the parser stumbled
        }
        throw new IllegalArgumentException(
                "'" + text + "' is no endpoint; it looks like http://127.0.0.1:8440");
    }

    private static boolean good(URI uri) {
        return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                && uri.getHost() != null
                && uri.getUserInfo() == null
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null
                && uri.getRawPath().isEmpty();
    }

    URI uri(Call call) {
        String query = Rfc3986.query(call.parameters());
        return URI.create(uri + call.path() + (query.isEmpty() ? "" : "?" + query));
    }

    /// As the JDK's client will write it into the `Host` header, which is signed.
    String host() {
        int usual = "https".equals(uri.getScheme()) ? 443 : 80;
        return uri.getPort() == -1 || uri.getPort() == usual
                ? uri.getHost()
                : uri.getHost() + ":" + uri.getPort();
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}

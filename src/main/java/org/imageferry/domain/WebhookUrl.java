package org.imageferry.domain;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Where a webhook is: an `https` or `http` address of at most 1,024 ASCII characters, with a host, and
/// without a user or a fragment.
public record WebhookUrl(String value) {
    private static final int MOST_CHARS = 1_024;
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    private static final int MOST_PORT = 65_535;

    public WebhookUrl {
        URI uri = parsed(value);
        String scheme = lower(uri.getScheme());
        require(scheme.equals("https") || scheme.equals("http"), "it must begin with https://");
        require(uri.getHost() != null, "it must name a host");
        require(uri.getRawUserInfo() == null, "it must not name a user");
        require(uri.getRawFragment() == null, "it must not have a fragment");
        require(uri.getPort() != 0 && uri.getPort() <= MOST_PORT, "it must have a port's number");
    }

    private static URI parsed(String value) {
        require(
                value.length() <= MOST_CHARS && value.chars().allMatch(c -> c > ' ' && c < 0x7f),
                "it must have at most " + MOST_CHARS + " ASCII characters, and no blanks");
        try {
            return new URI(value);
        } catch (URISyntaxException e) {
            throw refused(e.getReason());
        }
    }

    private static String lower(@Nullable String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }

    private static void require(boolean good, String otherwise) {
        if (!good) {
            throw refused(otherwise);
        }
    }

    private static RefusedException refused(String reason) {
        return new RefusedException(new Refusal.OfWebhook.Address(reason));
    }

    private URI uri() {
        return URI.create(value);
    }

    public boolean secure() {
        return lower(uri().getScheme()).equals("https");
    }

    /// A name, or a number; of IPv6 without brackets.
    public String host() {
        return uri().getHost().replaceAll("^\\[|]$", "");
    }

    public int port() {
        int port = uri().getPort();
        if (port > 0) {
            return port;
        }
        return secure() ? HTTPS_PORT : HTTP_PORT;
    }

    /// What stands in the `Host` header.
    public String authority() {
        return uri().getRawAuthority();
    }

    /// What stands on the request line: path and query.
    public String target() {
        String path = uri().getRawPath();
        String query = uri().getRawQuery();
        return (path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query);
    }

    /// Only where it leads: path and query often have a token in them, and this is what gets into logs.
    @Override
    public String toString() {
        return uri().getScheme() + "://" + authority() + "/…";
    }
}

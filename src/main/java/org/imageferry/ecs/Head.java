package org.imageferry.ecs;

import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.server.Request;

/// A request without its body, as it was sent: nothing is decoded yet.
///
/// @param path percent-encoded
/// @param query percent-encoded; may be empty
/// @param headers by their names in lower case; several of one name are joined with commas
/// @param address that it came from
public record Head(
        String method, String path, String query, Map<String, String> headers, String address) {
    private static final String UNKNOWN = "unknown";

    public Head {
        headers = Map.copyOf(headers);
    }

    /// From nobody knows where.
    Head(String method, String path, String query, Map<String, String> headers) {
        this(method, path, query, headers, UNKNOWN);
    }

    public static Head of(Request request) {
        Map<String, String> headers = new TreeMap<>();
        for (HttpField field : request.getHeaders()) {
            String value = Optional.ofNullable(field.getValue()).orElse("").strip();
            headers.merge(
                    field.getName().toLowerCase(Locale.ROOT), value, (one, two) -> one + "," + two);
        }
        return new Head(
                request.getMethod(),
                Optional.ofNullable(request.getHttpURI().getPath()).orElse("/"),
                Optional.ofNullable(request.getHttpURI().getQuery()).orElse(""),
                headers,
                address(request));
    }

    private static String address(Request request) {
        return request.getConnectionMetaData().getRemoteSocketAddress()
                                instanceof InetSocketAddress peer
                        && peer.getAddress() != null
                ? peer.getAddress().getHostAddress()
                : UNKNOWN;
    }

    /// The header's value; empty if it was not sent.
    public String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /// Whether it is signed in its Authorization header, by any of the newer family's methods.
    public boolean acs3() {
        return header("authorization").startsWith("ACS3-");
    }

    boolean form() {
        return header("content-type").startsWith("application/x-www-form-urlencoded");
    }

    public String host() {
        return header("host");
    }
}

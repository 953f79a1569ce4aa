package org.imageferry.ecs.client;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;

/// Percent-encoding as signatures need it: only `A-Za-z0-9-_.~` stay, everything else becomes the
/// upper-case hex of its UTF-8 bytes. Source: RFC 3986, section 2.3.
final class Rfc3986 {
    private static final String UNRESERVED =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private Rfc3986() {}

    static String encode(String text) {
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b > 0 && UNRESERVED.indexOf(b) >= 0) {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(HEX.toHexDigits(b));
            }
        }
        return encoded.toString();
    }

    /// A path whose folders stay folders.
    static String encodePath(String path) {
        return encode(path).replace("%2F", "/");
    }

    /// `k=v&…` in the order of the keys; an empty value keeps its `=`.
    static String query(SortedMap<String, String> parameters) {
        return parameters.entrySet().stream().map(Rfc3986::pair).collect(Collectors.joining("&"));
    }

    private static String pair(Map.Entry<String, String> parameter) {
        return encode(parameter.getKey()) + "=" + encode(parameter.getValue());
    }
}

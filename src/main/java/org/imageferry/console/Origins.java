package org.imageferry.console;

import org.imageferry.ecs.Head;

/// Tells requests that a page of ours made from those that another site made in its place.
final class Origins {
    private Origins() {}

    /// Whether a page of ours sent this. Browsers say so in `Sec-Fetch-Site` (W3C, "Fetch Metadata"),
    /// where the connection is one they trust; else in `Origin` (RFC 6454). What says neither is refused.
    static boolean same(Head head) {
        String site = head.header("sec-fetch-site");
        if (!site.isEmpty()) {
            return site.equals("same-origin");
        }
        String origin = head.header("origin");
        return origin.equals("http://" + head.host()) || origin.equals("https://" + head.host());
    }
}

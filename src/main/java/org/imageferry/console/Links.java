package org.imageferry.console;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// The addresses of pages and forms.
final class Links {
    static final String HOME = "/console/";
    static final String LOGIN = HOME + "login";
    static final String LOGOUT = HOME + "logout";
    static final String ACTIVITY = HOME + "activity";
    static final String KEYS = HOME + "keys";

    /// Below it, each page's own path again: its live parts.
    static final String FEED = HOME + "feed/";

    static final String FILES = HOME + "static/";

    /// Below it, `BUCKET/OBJECT`: where disks are uploaded.
    static final String BUCKETS = HOME + "buckets/";

    private static final String DEEDS = HOME + "do/";

    private Links() {}

    static String region(String id) {
        return HOME + "regions/" + segment(id);
    }

    static String image(String region, String id) {
        return HOME + "images/" + segment(region) + "/" + segment(id);
    }

    static String deed(String name) {
        return DEEDS + name;
    }

    static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}

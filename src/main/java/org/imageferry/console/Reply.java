package org.imageferry.console;

import java.util.LinkedHashMap;
import java.util.Map;

/// What is sent back to a browser.
record Reply(int status, String contentType, Map<String, String> headers, String body) {
    private static final String PAGE = "text/html;charset=utf-8";

    static Reply page(int status, Html page) {
        return new Reply(status, PAGE, Map.of("Cache-Control", "no-store"), page.text());
    }

    /// To another page, which is asked for with GET.
    static Reply seeOther(String address) {
        return new Reply(303, PAGE, Map.of("Location", address, "Cache-Control", "no-store"), "");
    }

    static Reply empty(int status) {
        return new Reply(status, PAGE, Map.of("Cache-Control", "no-store"), "");
    }

    Reply with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Reply(status, contentType, more, body);
    }
}

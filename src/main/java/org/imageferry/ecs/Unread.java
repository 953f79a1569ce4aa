package org.imageferry.ecs;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.server.Response;

/// What becomes of a request's body that nobody reads, because the request is refused without it.
public final class Unread {
    private Unread() {}

    /// Drops what has arrived of it. If that is not all, the connection ends with this answer, and the answer says
    /// so: or a client would send its next request where nobody listens any more. To be called before the answer
    /// is written. Source: RFC 9112, section 9.6.
    public static void drop(Response response) {
        if (!response.getRequest().consumeAvailable()) {
            response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
        }
    }
}

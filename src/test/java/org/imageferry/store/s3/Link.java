package org.imageferry.store.s3;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// A link as a window of requests sees it: a way there and back, a rate that all requests share, and one
/// that each can't exceed. Time goes in steps of a millisecond; there is always more to ask for.
final class Link {
    private final AdaptiveWindow window;
    private final int requestBytes;
    private final int roundTripMillis;
    private final long bytesPerSecond;
    private final long mostOfOne;
    private final List<Request> underWay = new ArrayList<>();
    private long millis;
    private long carried;

    Link(
            AdaptiveWindow window,
            int requestBytes,
            int roundTripMillis,
            long bytesPerSecond,
            long mostOfOne) {
        this.window = window;
        this.requestBytes = requestBytes;
        this.roundTripMillis = roundTripMillis;
        this.bytesPerSecond = bytesPerSecond;
        this.mostOfOne = mostOfOne;
    }

    private static final class Request {
        private int waitMillis;
        private double leftBytes;
    }

    /// Bytes a second that so many requests at once could bring if only each were limited.
    static long most(int requests, int requestBytes, int roundTripMillis, long mostOfOne) {
        double seconds = roundTripMillis / 1000.0 + requestBytes / (double) mostOfOne;
        return (long) (requests * (requestBytes / seconds));
    }

    long carried() {
        return carried;
    }

    void run(int forMillis) {
        for (int i = 0; i < forMillis; i++) {
            ask();
            millis++;
            carry();
        }
    }

    private void ask() {
        while (underWay.size() < window.size()) {
            Request request = new Request();
            request.waitMillis = roundTripMillis;
            request.leftBytes = requestBytes;
            underWay.add(request);
            window.began(underWay.size(), millis * 1_000_000);
        }
    }

    /// Answers come one behind the other as far as each may fill the link alone.
    private void carry() {
        double budget = bytesPerSecond / 1000.0;
        for (Iterator<Request> all = underWay.iterator(); all.hasNext(); ) {
            Request request = all.next();
            if (request.waitMillis > 0) {
                request.waitMillis--;
                continue;
            }
            double sent = Math.min(budget, Math.min(mostOfOne / 1000.0, request.leftBytes));
            budget -= sent;
            request.leftBytes -= sent;
            if (request.leftBytes <= 0) {
                all.remove();
                carried += requestBytes;
                window.finished(requestBytes, millis * 1_000_000);
            }
        }
    }
}

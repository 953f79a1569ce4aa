package org.imageferry.domain;

import java.util.regex.Pattern;

/// Names an event: `e-` and sixteen digits. A later event has a higher number, and its id comes later as a
/// text as well; numbers between two may be missing.
public record EventId(long number) implements Comparable<EventId> {
    /// Before all events.
    public static final EventId NONE = new EventId(0);

    private static final Pattern FORM = Pattern.compile("e-([0-9]{16})");
    private static final long MOST = 9_999_999_999_999_999L;

    public EventId {
        if (number < 0 || number > MOST) {
            throw new IllegalArgumentException(number + " is no event's number");
        }
    }

    /// @throws RefusedException `Malformed`
    public static EventId parse(String text) {
        var matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new RefusedException(new Refusal.Malformed("EventId", text));
        }
        return new EventId(Long.parseLong(matcher.group(1)));
    }

    public String value() {
        return "e-%016d".formatted(number);
    }

    @Override
    public int compareTo(EventId other) {
        return Long.compare(number, other.number);
    }

    @Override
    public String toString() {
        return value();
    }
}

package org.imageferry.domain;

import java.util.regex.Pattern;

/// Names a task: `t-` and twenty lower-case letters or digits.
public record TaskId(String value) {
    private static final Pattern FORM = Pattern.compile("t-[a-z0-9]{20}");

    public TaskId {
        if (!FORM.matcher(value).matches()) {
            throw new RefusedException(new Refusal.Malformed("TaskId", value));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}

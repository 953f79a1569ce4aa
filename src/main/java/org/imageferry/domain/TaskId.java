package org.imageferry.domain;

/// Names a task: `t-` and twenty lower-case letters or digits.
public record TaskId(String value) {
    public TaskId {
        if (!Texts.isId(value, "t-", 20, 20)) {
            throw new RefusedException(new Refusal.Malformed("TaskId", value));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}

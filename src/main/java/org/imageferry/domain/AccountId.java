package org.imageferry.domain;

/// Names an account: sixteen digits, as in ECS.
public record AccountId(String value) {
    public AccountId {
        if (value.length() != 16 || !Texts.all(value, Texts::isDigit)) {
            throw new RefusedException(new Refusal.Malformed("AccountId", value));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}

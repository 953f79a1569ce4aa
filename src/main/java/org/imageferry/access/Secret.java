package org.imageferry.access;

/// What only an access key's holder and we know. Never printed.
public record Secret(String value) {
    @Override
    public String toString() {
        return "***";
    }
}

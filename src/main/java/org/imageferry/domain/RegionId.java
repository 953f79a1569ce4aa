package org.imageferry.domain;

/// Names a region, such as `cn-hangzhou`.
public record RegionId(String value) {
    public RegionId {
        if (!isRegion(value)) {
            throw new RefusedException(new Refusal.Malformed("RegionId", value));
        }
    }

    private static boolean isRegion(String text) {
        int length = text.length();
        return length >= 2
                && length <= 64
                && Texts.isLower(text.charAt(0))
                && text.charAt(length - 1) != '-'
                && Texts.all(text, c -> c == '-' || Texts.isLower(c) || Texts.isDigit(c));
    }

    @Override
    public String toString() {
        return value;
    }
}

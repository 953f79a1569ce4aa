package org.imageferry.domain;

/// What a person wrote about an image or a snapshot: empty, or 2 to 256 characters that do not start
/// with `http://` or `https://`. Source: ECS API 2014-05-26, CopyImage, DestinationDescription.
public record Description(String value) {
    public static final Description NONE = new Description("");

    public Description {
        boolean good = value.isEmpty() || (value.length() >= 2 && value.length() <= 256);
        if (!good || Texts.startsWithAddress(value)) {
            throw new RefusedException(new Refusal.Malformed("Description", value));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}

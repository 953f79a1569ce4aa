package org.imageferry.domain;

/// Names an image in all regions: `m-` and twenty lower-case letters or digits.
public record ImageId(String value) implements ResourceId {
    public ImageId {
        if (!Texts.isId(value, "m-", 20, 20)) {
            throw new RefusedException(new Refusal.Malformed("ImageId", value));
        }
    }

    @Override
    public ResourceType type() {
        return ResourceType.IMAGE;
    }

    @Override
    public String toString() {
        return value;
    }
}

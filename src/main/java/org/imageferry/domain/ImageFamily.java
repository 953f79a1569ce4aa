package org.imageferry.domain;

/// What the generations of an image have in common. The same rules as for [ImageName] hold. Source: ECS
/// API 2014-05-26, ModifyImageAttribute, ImageFamily.
public record ImageFamily(String value) {
    public ImageFamily {
        try {
            value = new ImageName(value).value();
        } catch (RefusedException _) {
            throw new RefusedException(new Refusal.Malformed("ImageFamily", value));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}

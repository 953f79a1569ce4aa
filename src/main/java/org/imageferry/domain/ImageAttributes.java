package org.imageferry.domain;

import java.util.Optional;

/// What may be changed of an image without touching its bytes.
///
/// @param isPublic whether every account may see and use it
public record ImageAttributes(
        ImageName name,
        Description description,
        Optional<ImageFamily> family,
        Platform platform,
        Features features,
        ResourceGroupId group,
        Tags tags,
        boolean isPublic) {

    public ImageAttributes with(ImageName next) {
        return new ImageAttributes(
                next, description, family, platform, features, group, tags, isPublic);
    }

    public ImageAttributes with(Description next) {
        return new ImageAttributes(name, next, family, platform, features, group, tags, isPublic);
    }

    public ImageAttributes with(ImageFamily next) {
        return new ImageAttributes(
                name, description, Optional.of(next), platform, features, group, tags, isPublic);
    }

    public ImageAttributes withoutFamily() {
        return new ImageAttributes(
                name, description, Optional.empty(), platform, features, group, tags, isPublic);
    }

    public ImageAttributes with(Platform next) {
        return new ImageAttributes(
                name, description, family, next, features, group, tags, isPublic);
    }

    public ImageAttributes with(Features next) {
        return new ImageAttributes(
                name, description, family, platform, next, group, tags, isPublic);
    }

    public ImageAttributes with(Tags next) {
        return new ImageAttributes(
                name, description, family, platform, features, group, next, isPublic);
    }

    public ImageAttributes with(ResourceGroupId next) {
        return new ImageAttributes(
                name, description, family, platform, features, next, tags, isPublic);
    }

    public ImageAttributes withPublic(boolean next) {
        return new ImageAttributes(
                name, description, family, platform, features, group, tags, next);
    }
}

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

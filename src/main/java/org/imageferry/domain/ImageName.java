package org.imageferry.domain;

/// What an image is called within its account and region.
///
/// 2 to 128 characters; starts with a letter, not with `acs:` or `aliyun`; holds no `http://` or
/// `https://`; letters (Chinese ones too), digits, periods, colons, underscores, hyphens. Source:
/// ECS API 2014-05-26, CopyImage, DestinationImageName.
public record ImageName(String value) {
    public ImageName {
        if (!Texts.isName(value)
                || value.startsWith("acs:")
                || value.startsWith("aliyun")
                || Texts.holdsAddress(value)) {
            throw new RefusedException(new Refusal.Malformed("ImageName", value));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}

package org.imageferry.domain;

import java.util.regex.Pattern;

/// What an image is called within its account and region.
///
/// 2 to 128 characters; starts with a letter, not with `acs:` or `aliyun`; holds no `http://` or
/// `https://`; letters (Chinese ones too), digits, periods, colons, underscores, hyphens. Source:
/// ECS API 2014-05-26, CopyImage, DestinationImageName.
public record ImageName(String value) {
    private static final Pattern FORM = Pattern.compile("\\p{L}[\\p{L}\\p{Nd}.:_-]{1,127}");

    public ImageName {
        if (!FORM.matcher(value).matches()
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

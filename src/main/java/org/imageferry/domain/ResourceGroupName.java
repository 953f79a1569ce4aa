package org.imageferry.domain;

import java.util.regex.Pattern;

/// The name of a resource group, unique in its account: 2 to 50 letters, digits and hyphens, beginning
/// with a letter. Source: ResourceManager API 2020-03-31, CreateResourceGroup, Name.
public record ResourceGroupName(String value) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z][A-Za-z0-9-]{1,49}");

    /// Of the group that each account has from the start.
    public static final ResourceGroupName STANDARD = new ResourceGroupName("default");

    public ResourceGroupName {
        if (!FORM.matcher(value).matches()) {
            throw new RefusedException(new Refusal.Malformed("ResourceGroupName", value));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}

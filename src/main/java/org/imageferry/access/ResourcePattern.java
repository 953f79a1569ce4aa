package org.imageferry.access;

import java.util.Optional;

/// The resources that a statement is about: all, or those whose product, region, account and path each
/// match. A `*` reaches no further than its own part, so that each part can be judged by itself.
record ResourcePattern(Wildcard product, Wildcard region, Wildcard account, Wildcard path) {
    private static final int PARTS = 5;
    private static final Wildcard ALL = new Wildcard("*");

    /// @return nothing if the text is no such pattern
    static Optional<ResourcePattern> parse(String text) {
        if (text.equals("*")) {
            return Optional.of(new ResourcePattern(ALL, ALL, ALL, ALL));
        }
        String[] parts = text.split(":", PARTS);
        if (parts.length < PARTS || !parts[0].equals("acs")) {
            return Optional.empty();
        }
        return Optional.of(
                new ResourcePattern(
                        new Wildcard(parts[1]),
                        new Wildcard(parts[2]),
                        new Wildcard(parts[3]),
                        new Wildcard(parts[4])));
    }

    boolean matches(Resource resource) {
        return region.matches(resource.region()) && matchesButForRegion(resource);
    }

    /// Whether it matches the resource in some region at least, if that is in one unknown.
    boolean mayMatch(Resource resource) {
        return (resource.isSomewhere() || region.matches(resource.region()))
                && matchesButForRegion(resource);
    }

    private boolean matchesButForRegion(Resource resource) {
        return product.matches(resource.product())
                && account.matches(resource.account().value())
                && path.matches(resource.path());
    }
}

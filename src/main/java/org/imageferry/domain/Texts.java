package org.imageferry.domain;

/// What the rules for names, descriptions and tags share.
final class Texts {
    private Texts() {}

    static boolean holdsAddress(String text) {
        return text.contains("http://") || text.contains("https://");
    }

    static boolean startsWithAddress(String text) {
        return text.startsWith("http://") || text.startsWith("https://");
    }
}

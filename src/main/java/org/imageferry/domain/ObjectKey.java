package org.imageferry.domain;

/// Names an object in a bucket, such as `golden/debian-12.raw`.
///
/// At most 512 bytes of printable characters in at most 16 folders; no piece of it is empty, `.`
/// or `..` or ends with what marks our own files, so that a key can be a path below a folder.
public record ObjectKey(String value) {
    private static final int MOST_CHARS = 512;
    private static final int MOST_FOLDERS = 16;

    public ObjectKey {
        String[] pieces = value.split("/", -1);
        boolean good = value.length() <= MOST_CHARS && pieces.length <= MOST_FOLDERS;
        for (String piece : pieces) {
            good &= !piece.isEmpty() && piece.length() <= 200 && !piece.startsWith(".");
        }
        good &= value.chars().noneMatch(c -> c < ' ' || c == '\\' || c == 0x7f);
        if (!good) {
            throw new RefusedException(new Refusal.Malformed("ObjectKey", value));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}

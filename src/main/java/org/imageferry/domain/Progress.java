package org.imageferry.domain;

/// How far a task has come, in bytes; none of it ever goes back.
///
/// @param total bytes of content to deal with; 0 while that is not known
/// @param done of these, how many are dealt with
/// @param moved bytes of content that were new to the destination
/// @param stored bytes that were written to the destination's store for them
public record Progress(long total, long done, long moved, long stored) {
    public static final Progress NONE = new Progress(0, 0, 0, 0);

    /// Whole percent, 0 to 99: only an end makes it 100.
    public int percent() {
        return total == 0 ? 0 : (int) Math.min(99, done * 100.0 / total);
    }
}

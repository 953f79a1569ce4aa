package org.imageferry.copy;

import java.util.random.RandomGenerator;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.ObjectId;
import org.imageferry.domain.ResourceGroupId;
import org.imageferry.domain.SnapshotId;
import org.imageferry.domain.TaskId;

/// Makes new ids, from chance that the server gives.
public final class Ids {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int LENGTH = 20;

    /// As at Alibaba Cloud; so nobody can be given what is an account's default group.
    private static final String GROUP_PREFIX = "rg-acfm";

    private static final int GROUP_LENGTH = 11;

    private final RandomGenerator random;

    /// @param random any number of threads may ask it; unpredictable outside of tests
    public Ids(RandomGenerator random) {
        this.random = random;
    }

    public ImageId image() {
        return new ImageId("m-" + letters());
    }

    public SnapshotId snapshot() {
        return new SnapshotId("s-" + letters());
    }

    public TaskId task() {
        return new TaskId("t-" + letters());
    }

    public ResourceGroupId group() {
        return new ResourceGroupId(GROUP_PREFIX + letters(GROUP_LENGTH));
    }

    public ObjectId object() {
        return new ObjectId(random.nextLong(), random.nextLong());
    }

    private String letters() {
        return letters(LENGTH);
    }

    private String letters(int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }
}

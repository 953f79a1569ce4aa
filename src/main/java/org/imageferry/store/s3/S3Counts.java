package org.imageferry.store.s3;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/// How many requests were made, tries counted each, and how many bytes they carried.
public final class S3Counts {
    private final Map<S3Operation, LongAdder> requests = new EnumMap<>(S3Operation.class);
    private final LongAdder bytes = new LongAdder();

    public S3Counts() {
        for (S3Operation operation : S3Operation.values()) {
            requests.put(operation, new LongAdder());
        }
    }

    void made(S3Operation operation) {
        counter(operation).increment();
    }

    void carried(long count) {
        bytes.add(count);
    }

    public long requests(S3Operation operation) {
        return counter(operation).sum();
    }

    /// Bytes of objects' content, in both directions.
    public long bytes() {
        return bytes.sum();
    }

    private LongAdder counter(S3Operation operation) {
        return Objects.requireNonNull(requests.get(operation));
    }

    @Override
    public String toString() {
        return requests + ", " + bytes + " bytes";
    }
}

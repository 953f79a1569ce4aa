package org.imageferry.store.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.imageferry.store.StoreException;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/// The keys below a folder, a page at a time: never more than one in memory.
final class S3Listing implements Iterator<String> {
    private final S3Objects objects;
    private final String folder;
    private final Queue<String> page = new ArrayDeque<>();

    /// Where the next page begins; empty if there is none.
    private String next;

    private S3Listing(S3Objects objects, String folder) throws StoreException {
        this.objects = objects;
        this.folder = folder;
        this.next = "";
        turn();
    }

    /// @return the whole keys. A fault met while the stream is read ends it with an
    ///     [UncheckedIOException].
    static Stream<String> below(S3Objects objects, String folder) throws StoreException {
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(
                        new S3Listing(objects, folder), Spliterator.NONNULL),
                false);
    }

    private void turn() throws StoreException {
        ListObjectsV2Response answer = objects.list(folder, next);
        answer.contents().stream().map(S3Object::key).forEach(page::add);
        String token = answer.nextContinuationToken();
        boolean more = Boolean.TRUE.equals(answer.isTruncated()) && token != null;
        if (more && token.equals(next)) {
            throw new StoreException(
                    StoreException.Kind.FAILED,
                    "the list of " + folder + " does not end: look at the server's log");
        }
        next = more ? token : "";
    }

    @Override
    public boolean hasNext() {
        try {
            while (page.isEmpty() && !next.isEmpty()) {
                turn();
            }
        } catch (StoreException e) {
            throw new UncheckedIOException(new IOException(e.getMessage(), e));
        }
        return !page.isEmpty();
    }

    @Override
    public String next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no more keys below " + folder);
        }
        return page.remove();
    }
}

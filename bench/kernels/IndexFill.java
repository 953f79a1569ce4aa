package kernels;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.StoredObjects;
import org.imageferry.catalog.jdbc.SqliteCatalog;
import org.imageferry.domain.Account;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.AccountName;
import org.imageferry.domain.Digest;
import org.imageferry.domain.ObjectId;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Scope;

/// A catalog in a file whose block index is as large as one wants. The names count up, and are spread as
/// digests are.
public final class IndexFill implements AutoCloseable {
    /// As a segment of 16 MiB has them where blocks compress to 27 KiB, as those of a system disk do.
    public static final int BLOCKS_IN_SEGMENT = 600;

    /// So many segments share a commit.
    private static final int SEGMENTS_AT_ONCE = 20;

    private static final long NO_CLAIM = 0;
    private static final int SEGMENT_BYTES = 16 << 20;

    private final Catalog catalog;
    private final Scope scope;
    private long blocks;
    private long segments;

    private IndexFill(Catalog catalog, Scope scope) {
        this.catalog = catalog;
        this.scope = scope;
    }

    public static IndexFill in(Path file) {
        Catalog catalog = SqliteCatalog.open(file, InstantSource.system(), new Random(1));
        AccountId account = new AccountId("1234567890123456");
        RegionId region = new RegionId("bench-index");
        catalog.write(tables -> {
            tables.regions().ensure(region);
            return tables.accounts()
                    .add(Account.of(account, new AccountName("bench"), tables.now()));
        });
        return new IndexFill(catalog, new Scope(account, region));
    }

    /// Adds segments full of new blocks until the index has that many.
    public void to(long count) {
        while (blocks < count) {
            catalog.write(tables -> {
                for (int i = 0; i < SEGMENTS_AT_ONCE && blocks < count; i++) {
                    ObjectId id = new ObjectId(spread(++segments), segments);
                    tables.objects()
                            .reserve(NO_CLAIM, scope, StoredObjects.Kind.SEGMENT, List.of(id));
                    tables.objects().written(id, SEGMENT_BYTES);
                    tables.index().add(scope, id, names(blocks, BLOCKS_IN_SEGMENT));
                    blocks += BLOCKS_IN_SEGMENT;
                }
                return true;
            });
        }
    }

    public Catalog catalog() {
        return catalog;
    }

    public Scope scope() {
        return scope;
    }

    public long blocks() {
        return blocks;
    }

    /// Names from number `first` on; those below [#blocks] are in the index.
    public static List<Digest> names(long first, int count) {
        List<Digest> names = new ArrayList<>(count);
        for (long i = first; i < first + count; i++) {
            names.add(new Digest(spread(i), i, spread(~i), i));
        }
        return names;
    }

    private static long spread(long number) {
        long mixed = (number ^ number >>> 30) * 0xbf58476d1ce4e5b9L;
        return (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
    }

    @Override
    public void close() {
        catalog.close();
    }
}

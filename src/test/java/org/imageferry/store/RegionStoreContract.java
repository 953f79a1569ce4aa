package org.imageferry.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.imageferry.store.Samples.assertFails;
import static org.imageferry.store.Samples.bytes;
import static org.imageferry.store.Samples.read;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.imageferry.store.StoreException.Kind;
import org.junit.jupiter.api.Test;

/// What [RegionStore] promises.
public interface RegionStoreContract {
    ObjectName NAME = new ObjectName("segments/3f/3f09");
    int THREADS = 8;

    /// The store under test: the same one throughout a test, empty at its start.
    RegionStore store() throws Exception;

    /// Another one at the same place, as after a restart.
    RegionStore reopened() throws Exception;

    /// Takes the store's place away: its disk, its bucket.
    void vanish() throws Exception;

    @Test
    default void whatIsWrittenCanBeRead() throws Exception {
        store().write(NAME, bytes(1, 100));

        assertThat(read(store(), NAME)).isEqualTo(bytes(1, 100));
        assertThat(store().length(NAME)).isEqualTo(100);
    }

    @Test
    default void whatIsWrittenIsThereAfterARestart() throws Exception {
        store().write(NAME, bytes(1, 100));

        RegionStore reopened = reopened();

        assertThat(read(reopened, NAME)).isEqualTo(bytes(1, 100));
        assertThat(list(reopened, "")).containsExactly(NAME);
    }

    @Test
    default void largeObjectsAreKeptFromAnyKindOfBuffer() throws Exception {
        int length = (3 << 20) + 1;
        ByteBuffer content = bytes(1, length);
        ByteBuffer direct = ByteBuffer.allocateDirect(length).put(content.duplicate()).flip();

        store().write(new ObjectName("heap"), content);
        store().write(new ObjectName("direct"), direct);
        store().write(new ObjectName("read-only"), content.asReadOnlyBuffer());

        for (String name : List.of("heap", "direct", "read-only")) {
            assertThat(read(store(), new ObjectName(name))).isEqualTo(content);
        }
        ByteBuffer into = ByteBuffer.allocateDirect(length);
        store().read(new ObjectName("heap"), 0, into);
        assertThat(into.flip()).isEqualTo(content);
    }

    @Test
    default void onlyWhatIsBetweenPositionAndLimitIsWritten() throws Exception {
        ByteBuffer content = bytes(1, 100).position(10).limit(60);

        store().write(NAME, content);

        assertThat(read(store(), NAME)).isEqualTo(bytes(1, 100).slice(10, 50));
        assertThat(content.position()).isEqualTo(10);
        assertThat(content.limit()).isEqualTo(60);
    }

    @Test
    default void aRangeFillsTheBufferFromPositionToLimit() throws Exception {
        store().write(NAME, bytes(1, 100));
        ByteBuffer into = ByteBuffer.allocate(30).position(5).limit(25);

        store().read(NAME, 40, into);

        assertThat(into.position()).isEqualTo(25);
        assertThat(into.limit()).isEqualTo(25);
        assertThat(into.slice(5, 20)).isEqualTo(bytes(1, 100).slice(40, 20));
        assertThat(into.clear().slice(0, 5)).isEqualTo(ByteBuffer.allocate(5));
        assertThat(into.slice(25, 5)).isEqualTo(ByteBuffer.allocate(5));
    }

    @Test
    default void readingBeyondTheEndIsDamage() throws Exception {
        store().write(NAME, bytes(1, 100));

        assertFails(Kind.DAMAGED, () -> store().read(NAME, 0, ByteBuffer.allocate(101)));
        assertFails(Kind.DAMAGED, () -> store().read(NAME, 99, ByteBuffer.allocate(2)));
        assertFails(Kind.DAMAGED, () -> store().read(NAME, 1000, ByteBuffer.allocate(1)));
    }

    @Test
    default void whatIsNotThereIsMissing() throws Exception {
        store().write(NAME, bytes(1, 100));
        for (String other : List.of("segments/3f/3f0", "segments/3f/3f09/a", "segments", "x")) {
            ObjectName name = new ObjectName(other);
            assertFails(Kind.MISSING, () -> store().read(name, 0, ByteBuffer.allocate(1)));
            assertFails(Kind.MISSING, () -> store().length(name));
        }
    }

    @Test
    default void writingTheSameBytesAgainSucceeds() throws Exception {
        store().write(NAME, bytes(1, 100));

        assertThatCode(() -> store().write(NAME, bytes(1, 100))).doesNotThrowAnyException();
        assertThatCode(() -> reopened().write(NAME, bytes(1, 100))).doesNotThrowAnyException();
    }

    @Test
    default void otherBytesUnderATakenNameAreRefused() throws Exception {
        store().write(NAME, bytes(1, 100));

        for (ByteBuffer other : List.of(bytes(2, 100), bytes(1, 99), bytes(1, 101), bytes(1, 0))) {
            assertFails(Kind.EXISTS, () -> store().write(NAME, other));
        }

        assertThat(read(store(), NAME)).isEqualTo(bytes(1, 100));
    }

    @Test
    default void theFirstOfManyWritersWins() throws Exception {
        List<Boolean> won = Together.run(THREADS, thread -> writes(NAME, bytes(thread, 50_000)));

        assertThat(won).containsOnlyOnce(true);
        assertThat(read(store(), NAME)).isEqualTo(bytes(won.indexOf(true), 50_000));
    }

    private boolean writes(ObjectName name, ByteBuffer content) throws Exception {
        try {
            store().write(name, content);
            return true;
        } catch (StoreException e) {
            assertThat(e.kind()).isEqualTo(Kind.EXISTS);
            return false;
        }
    }

    @Test
    default void manyWritersOfTheSameBytesAllSucceed() throws Exception {
        List<Boolean> succeeded = Together.run(THREADS, _ -> writes(NAME, bytes(1, 50_000)));

        assertThat(succeeded).containsOnly(true);
        assertThat(read(store(), NAME)).isEqualTo(bytes(1, 50_000));
        assertThat(list(store(), "")).containsExactly(NAME);
    }

    @Test
    default void anObjectIsSeenWholeOrNotAtAll() throws Exception {
        int objects = 20;
        int length = 200_000;
        Together.run(
                THREADS,
                thread -> {
                    for (int i = 0; i < objects; i++) {
                        if (thread % 2 == 0) {
                            writes(name(i), bytes(i, length));
                        } else {
                            assertWholeIfThere(name(i), bytes(i, length));
                        }
                    }
                    return true;
                });

        assertThat(list(store(), "many/")).hasSize(objects);
    }

    private void assertWholeIfThere(ObjectName name, ByteBuffer content) throws Exception {
        try {
            assertThat(read(store(), name)).isEqualTo(content);
        } catch (StoreException e) {
            assertThat(e.kind()).isEqualTo(Kind.MISSING);
        }
        assertThat(list(store(), "many/")).allMatch(found -> found.value().startsWith("many/"));
    }

    private static ObjectName name(int number) {
        return new ObjectName("many/" + number % 3 + "/" + number);
    }

    @Test
    default void manyThreadsReadManyObjects() throws Exception {
        int objects = 100;
        for (int i = 0; i < objects; i++) {
            store().write(name(i), bytes(i, 1000));
        }

        Together.run(
                THREADS,
                thread -> {
                    for (int i = 0; i < objects; i++) {
                        int number = (i * 37 + thread * 11) % objects;
                        ByteBuffer into = ByteBuffer.allocate(100);
                        store().read(name(number), thread * 100L, into);
                        assertThat(into.flip())
                                .isEqualTo(bytes(number, 1000).slice(thread * 100, 100));
                    }
                    return true;
                });
    }

    @Test
    default void listFindsWhatBeginsWithThePrefix() throws Exception {
        List<String> names = List.of("a/b/1", "a/b/2", "a/c", "ab/1", "b", "b2/tmp/1");
        for (String name : names) {
            store().write(new ObjectName(name), bytes(1, 10));
        }

        assertThat(found("")).containsExactlyInAnyOrderElementsOf(names);
        assertThat(found("a/")).containsExactlyInAnyOrder("a/b/1", "a/b/2", "a/c");
        assertThat(found("a/b/")).containsExactlyInAnyOrder("a/b/1", "a/b/2");
        assertThat(found("b/")).isEmpty();
        assertThat(found("c/")).isEmpty();
    }

    @Test
    default void aPrefixIsEmptyOrAFolder() {
        for (String prefix : List.of("a", "/", "../", "a//", "A/")) {
            assertThatThrownBy(() -> store().list(prefix))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private List<String> found(String prefix) throws Exception {
        return list(store(), prefix).stream().map(ObjectName::value).toList();
    }

    static List<ObjectName> list(RegionStore store, String prefix) throws StoreException {
        try (Stream<ObjectName> names = store.list(prefix)) {
            return names.toList();
        }
    }

    @Test
    default void listingGoesOnWhileOthersWriteAndDelete() throws Exception {
        ObjectName stays = new ObjectName("many/stays");
        store().write(stays, bytes(1, 10));
        Together.run(
                THREADS,
                thread -> {
                    for (int i = 0; i < 30; i++) {
                        if (thread == 0) {
                            assertThat(list(store(), "many/")).contains(stays);
                        } else {
                            ObjectName name = name(thread * 100 + i);
                            store().write(name, bytes(i, 10));
                            store().delete(name);
                        }
                    }
                    return true;
                });

        assertThat(list(store(), "")).containsExactly(stays);
    }

    @Test
    default void whatIsDeletedIsGone() throws Exception {
        store().write(NAME, bytes(1, 100));
        read(store(), NAME);

        store().delete(NAME);

        assertFails(Kind.MISSING, () -> store().read(NAME, 0, ByteBuffer.allocate(1)));
        assertFails(Kind.MISSING, () -> store().length(NAME));
        assertThat(list(store(), "")).isEmpty();
    }

    @Test
    default void deletingWhatIsNotThereDoesNothing() throws Exception {
        store().write(NAME, bytes(1, 100));

        store().delete(new ObjectName("segments/3f/other"));
        store().delete(new ObjectName("nothing/here"));
        store().delete(new ObjectName("segments"));

        assertThat(list(store(), "")).containsExactly(NAME);
    }

    @Test
    default void aDeletedNameIsFree() throws Exception {
        store().write(NAME, bytes(1, 100));
        read(store(), NAME);
        store().delete(NAME);

        store().write(NAME, bytes(2, 50));

        assertThat(read(store(), NAME)).isEqualTo(bytes(2, 50));
    }

    @Test
    default void anObjectMayBeEmpty() throws Exception {
        store().write(NAME, bytes(1, 0));

        assertThat(store().length(NAME)).isZero();
        assertThat(list(store(), "")).containsExactly(NAME);
    }

    @Test
    default void aMissingStoreIsNotAnEmptyOne() throws Exception {
        ObjectName other = new ObjectName("segments/40/4001");
        store().write(NAME, bytes(1, 100));
        read(store(), NAME);
        vanish();

        for (RegionStore store : List.of(store(), reopened())) {
            assertFails(Kind.UNAVAILABLE, () -> store.read(NAME, 0, ByteBuffer.allocate(1)));
            assertFails(Kind.UNAVAILABLE, () -> store.length(NAME));
            assertFails(Kind.UNAVAILABLE, () -> list(store, ""));
            assertFails(Kind.UNAVAILABLE, () -> list(store, "segments/"));
            assertFails(Kind.UNAVAILABLE, () -> store.delete(NAME));
            assertFails(Kind.UNAVAILABLE, () -> store.write(NAME, bytes(1, 100)));
            assertFails(Kind.UNAVAILABLE, () -> store.write(other, bytes(1, 100)));
            assertFails(Kind.UNAVAILABLE, () -> store.length(other));
        }
    }
}

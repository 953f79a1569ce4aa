package org.imageferry.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.imageferry.catalog.CatalogScenes.HANGZHOU;
import static org.imageferry.catalog.CatalogScenes.NO_CLAIM;
import static org.imageferry.catalog.CatalogScenes.SHANGHAI;

import java.util.List;
import java.util.Map;
import org.imageferry.domain.BlockLocation;
import org.imageferry.domain.Digest;
import org.imageferry.domain.ObjectId;
import org.imageferry.domain.Scope;
import org.junit.jupiter.api.Test;

interface BlockIndexContract extends CatalogFixture {
    private Map<Digest, BlockLocation> find(Scope scope, List<Digest> names) {
        return catalog().read(tables -> tables.index().find(scope, names));
    }

    private void add(Scope scope, ObjectId segment, List<Digest> names) {
        change(tables -> tables.index().add(scope, segment, names));
    }

    @Test
    default void blocksAreFoundWhereTheirSegmentHasThem() {
        Scope scope = scenes().scope();
        ObjectId segment = scenes().segment(scope);
        List<Digest> names = scenes().digests(3);
        add(scope, segment, names);
        assertThat(find(scope, List.of(names.get(2), names.get(0), scenes().digest())))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                names.get(2),
                                new BlockLocation(segment, 2),
                                names.get(0),
                                new BlockLocation(segment, 0)));
        assertThat(find(scope, List.of())).isEmpty();
    }

    @Test
    default void aNameThatIsThereKeepsItsPlace() {
        Scope scope = scenes().scope();
        ObjectId first = scenes().segment(scope);
        ObjectId second = scenes().segment(scope);
        List<Digest> names = scenes().digests(3);
        add(scope, first, names.subList(0, 2));
        add(scope, second, names);
        assertThat(find(scope, names))
                .containsEntry(names.get(0), new BlockLocation(first, 0))
                .containsEntry(names.get(1), new BlockLocation(first, 1))
                .containsEntry(names.get(2), new BlockLocation(second, 2));
    }

    @Test
    default void aNameGivenTwiceInASegmentIsFoundOnce() {
        Scope scope = scenes().scope();
        ObjectId segment = scenes().segment(scope);
        Digest name = scenes().digest();
        add(scope, segment, List.of(name, name));
        assertThat(find(scope, List.of(name, name)))
                .containsOnly(Map.entry(name, new BlockLocation(segment, 0)));
    }

    @Test
    default void nobodyFindsTheBlocksOfAnotherScope() {
        Scope scope = scenes().scope();
        Digest name = scenes().digest();
        add(scope, scenes().segment(scope), List.of(name));
        assertThat(find(new Scope(scope.account(), SHANGHAI), List.of(name))).isEmpty();
        assertThat(find(scenes().scope(), List.of(name))).isEmpty();
    }

    @Test
    default void blocksOfASegmentThatIsBeingWrittenAreNotFoundYet() {
        Scope scope = scenes().scope();
        ObjectId segment = scenes().objectId();
        Digest name = scenes().digest();
        change(t ->
                t.objects().reserve(NO_CLAIM, scope, StoredObjects.Kind.SEGMENT, List.of(segment)));
        add(scope, segment, List.of(name));
        assertThat(find(scope, List.of(name))).isEmpty();
        change(tables -> tables.objects().written(segment, 10));
        assertThat(find(scope, List.of(name))).hasSize(1);
    }

    @Test
    default void blocksOfACondemnedSegmentAreNotFoundAndTheirNamesAreFree() {
        Scope scope = scenes().scope();
        List<Digest> names = scenes().digests(2);
        ObjectId condemned = scenes().segment(scope);
        add(scope, condemned, names);
        change(tables -> tables.objects().condemn(HANGZHOU, 10));
        assertThat(find(scope, names)).isEmpty();
        ObjectId next = scenes().segment(scope);
        add(scope, next, names.subList(1, 2));
        assertThat(find(scope, names))
                .containsOnly(Map.entry(names.get(1), new BlockLocation(next, 0)));
        change(tables -> tables.objects().remove(condemned));
        assertThat(find(scope, names)).hasSize(1);
        assertThatIllegalStateException().isThrownBy(() -> add(scope, condemned, names));
    }

    @Test
    default void blocksOfAnUnknownSegmentAreNotEntered() {
        Scope scope = scenes().scope();
        ObjectId unknown = scenes().objectId();
        assertThatIllegalStateException()
                .isThrownBy(() -> add(scope, unknown, scenes().digests(1)))
                .withMessageContaining(unknown.toString());
    }
}

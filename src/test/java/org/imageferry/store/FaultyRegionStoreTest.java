package org.imageferry.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.imageferry.store.RegionStoreContract.NAME;
import static org.imageferry.store.Samples.bytes;
import static org.imageferry.store.Samples.read;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.imageferry.store.FaultyRegionStore.Operation;
import org.imageferry.store.FaultyRegionStore.Operation.Kind;
import org.junit.jupiter.api.Test;

class FaultyRegionStoreTest {
    private final StoreException fault =
            new StoreException(StoreException.Kind.FAILED, "failed on command");
    private final MemoryRegionStore memory = new MemoryRegionStore();

    @Test
    void aFaultBeforeAnOperationLeavesItUndone() {
        RegionStore store = new FaultyRegionStore(memory, _ -> Optional.of(fault));

        assertThatThrownBy(() -> store.write(NAME, bytes(1, 10))).isSameAs(fault);
        assertThat(memory.objects()).isEmpty();
    }

    @Test
    void aFaultAfterAnOperationLeavesItDone() {
        RegionStore store =
                new FaultyRegionStore(memory, _ -> Optional.empty(), _ -> Optional.of(fault));

        assertThatThrownBy(() -> store.write(NAME, bytes(1, 10))).isSameAs(fault);
        assertThat(memory.objects()).containsExactly(NAME);
    }

    @Test
    void everyOperationIsAskedFor() throws Exception {
        List<Operation> asked = new ArrayList<>();
        RegionStore store =
                new FaultyRegionStore(
                        memory,
                        operation -> {
                            asked.add(operation);
                            return Optional.empty();
                        });

        store.write(NAME, bytes(1, 10));
        assertThat(store.length(NAME)).isEqualTo(10);
        store.read(NAME, 0, ByteBuffer.allocate(10));
        assertThat(RegionStoreContract.list(store, "")).containsExactly(NAME);
        assertThat(RegionStoreContract.list(store, "segments/")).containsExactly(NAME);
        assertThat(read(memory, NAME)).isEqualTo(bytes(1, 10));
        store.delete(NAME);

        assertThat(memory.objects()).isEmpty();
        assertThat(asked)
                .containsExactly(
                        new Operation(Kind.WRITE, NAME),
                        new Operation(Kind.LENGTH, NAME),
                        new Operation(Kind.READ, NAME),
                        new Operation(Kind.LIST, FaultyRegionStore.WHOLE),
                        new Operation(Kind.LIST, new ObjectName("segments")),
                        new Operation(Kind.DELETE, NAME));
    }
}

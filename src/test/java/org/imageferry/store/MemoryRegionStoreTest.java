package org.imageferry.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.store.Samples.bytes;
import static org.imageferry.store.Samples.read;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class MemoryRegionStoreTest implements RegionStoreContract {
    private final MemoryRegionStore store = new MemoryRegionStore();

    @Override
    public RegionStore store() {
        return store;
    }

    @Override
    public RegionStore reopened() {
        return store;
    }

    @Override
    public void vanish() {
        store.vanish();
    }

    @Test
    void readsAndWritesAreCounted() throws Exception {
        store.write(NAME, bytes(1, 100));
        store.read(NAME, 0, ByteBuffer.allocate(30));
        store.read(NAME, 30, ByteBuffer.allocate(5));

        assertThat(store.reads()).isEqualTo(2);
        assertThat(store.bytesRead()).isEqualTo(35);
        assertThat(store.writes()).isEqualTo(1);
        assertThat(store.bytesWritten()).isEqualTo(100);
        assertThat(store.objects()).containsExactly(NAME);
    }

    @Test
    void oneBitCanRot() throws Exception {
        store.write(NAME, bytes(1, 100));

        store.corrupt(NAME, 8 * 20 + 3);

        ByteBuffer rotten = bytes(1, 100);
        rotten.put(20, (byte) (rotten.get(20) ^ 8));
        assertThat(read(store, NAME)).isEqualTo(rotten);
    }

    @Test
    void whatComesBackHasAllThatItHad() throws Exception {
        store.write(NAME, bytes(1, 100));
        store.vanish();

        store.comeBack();

        assertThat(read(store, NAME)).isEqualTo(bytes(1, 100));
    }
}

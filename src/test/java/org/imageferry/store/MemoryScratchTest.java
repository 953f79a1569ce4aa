package org.imageferry.store;

final class MemoryScratchTest implements ScratchContract {
    @Override
    public Scratch scratch() {
        return new MemoryScratch();
    }
}

package org.imageferry.server;

import java.util.ArrayList;
import java.util.List;
import org.imageferry.cli.Relocations.Watch;

/// Hears how a backup or a migration comes along, and may break it off.
final class Told implements Watch {
    /// As if the process had been killed.
    static final class BrokenOff extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private final List<String> lines = new ArrayList<>();
    private final Runnable atEach;
    private int left;

    Told() {
        this(() -> {});
    }

    /// @param atEach done each time bytes have moved
    Told(Runnable atEach) {
        this.atEach = atEach;
        this.left = Integer.MAX_VALUE;
    }

    /// @param steps after so many it is broken off
    Told(int steps) {
        this(() -> {});
        this.left = steps;
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void say(String line) {
        lines.add(line);
        step();
    }

    @Override
    public void moved(long done, long total) {
        atEach.run();
        step();
    }

    private void step() {
        if (--left == 0) {
            throw new BrokenOff();
        }
    }
}

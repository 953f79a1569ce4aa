package org.imageferry.cli;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.imageferry.cli.Relocations.Region;
import org.imageferry.cli.Relocations.Relocated;
import org.imageferry.cli.Relocations.Watch;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What the commands have in common that bring installations about: a progress bar, and a table at the end.
///
/// @param label what stands before the bar
record Relocating(Imageferry program, String label) {
    interface Work {
        Relocated run(Watch watch) throws IOException;
    }

    /// @return the exit code: 1 if anything is damaged
    int run(Work work) throws IOException {
        Surroundings surroundings = program.surroundings();
        Relocated relocated;
        try (ProgressBars bars = new ProgressBars(surroundings, List.of(label))) {
            Bar bar = new Bar(surroundings, bars, surroundings.clock().instant());
            relocated = work.run(bar);
            bar.end();
        }
        program.print(json(relocated), table(relocated));
        relocated.notes().forEach(surroundings::say);
        return relocated.regions().stream().allMatch(Region::whole) ? 0 : 1;
    }

    private record Bar(Surroundings surroundings, ProgressBars bars, Instant start)
            implements Watch {
        @Override
        public void say(String line) {
            surroundings.say(line);
        }

        @Override
        public void moved(long done, long total) {
            surroundings.stopIfInterrupted();
            long millis = Duration.between(start, surroundings.clock().instant()).toMillis();
            double rate = millis > 0 ? done * 1000.0 / millis : 0;
            Optional<Duration> left =
                    rate > 0
                            ? Optional.of(Duration.ofSeconds((long) ((total - done) / rate)))
                            : Optional.empty();
            bars.show(0, new BarState.Moving(done, total, rate, left));
        }

        void end() {
            bars.show(0, new BarState.Ended(true, "done"));
        }
    }

    private static Table table(Relocated relocated) {
        Table table = new Table("REGION", ">OBJECTS", ">NEW", ">BYTES", ">MISSING", ">DAMAGED");
        for (Region region : relocated.regions()) {
            table.row(
                    region.id(),
                    Long.toString(region.objects()),
                    Long.toString(region.brought()),
                    Sizes.bytes(region.bytes()),
                    Long.toString(region.missing()),
                    Long.toString(region.damaged()));
        }
        return table;
    }

    private static ObjectNode json(Relocated relocated) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        var regions = json.putObject("Regions").putArray("Region");
        for (Region region : relocated.regions()) {
            regions.addObject()
                    .put("RegionId", region.id())
                    .put("Objects", region.objects())
                    .put("New", region.brought())
                    .put("NewBytes", region.bytes())
                    .put("Missing", region.missing())
                    .put("Damaged", region.damaged());
        }
        relocated.rows().ifPresent(rows -> json.put("Rows", rows));
        var notes = json.putObject("Notes").putArray("Note");
        relocated.notes().forEach(notes::add);
        return json;
    }
}

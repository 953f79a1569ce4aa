package org.imageferry.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.imageferry.cli.CatalogRebuilder.Order;
import org.imageferry.cli.CatalogRebuilder.Rebuilt;
import org.imageferry.cli.CatalogRebuilder.Region;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "rebuild",
        description =
                "Makes the catalog of a server that is stopped anew, from the regions' stores alone; in"
                        + " PostgreSQL all servers must be stopped. The old catalog is kept under another"
                        + " name. If it is interrupted, give the same command again.")
final class RebuildCommand extends FerryCommand {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The server's configuration file, which says what regions there are.")
    private Optional<Path> config = Optional.empty();

    @Option(
            names = "--without",
            paramLabel = "REGION",
            description =
                    "Leave this region out: it is new, or its store is lost; can be given many times.")
    private Set<String> without = new TreeSet<>();

    @Option(
            names = "--force",
            description =
                    "Go on though something can't be restored, or the catalog that is there knows more"
                            + " than the stores: what is left out is said, and lost.")
    private boolean force;

    @Option(
            names = "--new-master-key",
            description =
                    "The master key is lost: make a new one. Access keys are left out, and encrypted"
                            + " images can't be opened.")
    private boolean newMasterKey;

    @Override
    String attempt() {
        return "rebuild the catalog";
    }

    @Override
    int run() throws IOException {
        Path data = program().data().orElse(Path.of("data"));
        Surroundings surroundings = program().surroundings();
        Rebuilt rebuilt =
                program()
                        .rebuilder()
                        .rebuild(
                                new Order(data, config, without, force, newMasterKey),
                                surroundings::say);
        rebuilt.notes().forEach(surroundings::say);
        rebuilt.kept().ifPresent(kept -> surroundings.say("the old catalog is now " + kept));
        program().print(json(rebuilt), table(rebuilt));
        return rebuilt.regions().stream().allMatch(Region::whole) ? 0 : 1;
    }

    private static Table table(Rebuilt rebuilt) {
        Table table =
                new Table(
                        "REGION",
                        ">IMAGES",
                        ">SNAPSHOTS",
                        ">KEYS",
                        ">BLOCKS",
                        ">STORED",
                        ">DAMAGED",
                        ">LEFT OUT");
        for (Region region : rebuilt.regions()) {
            table.row(
                    region.id(),
                    Long.toString(region.images()),
                    Long.toString(region.snapshots()),
                    Long.toString(region.keys()),
                    Long.toString(region.blocks()),
                    Sizes.bytes(region.bytes()),
                    Long.toString(region.damagedImages() + region.damagedSnapshots()),
                    Long.toString(region.leftOut()));
        }
        return table;
    }

    private static ObjectNode json(Rebuilt rebuilt) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("Accounts", rebuilt.accounts());
        var regions = json.putObject("Regions").putArray("Region");
        for (Region region : rebuilt.regions()) {
            regions.addObject()
                    .put("RegionId", region.id())
                    .put("Images", region.images())
                    .put("DamagedImages", region.damagedImages())
                    .put("Snapshots", region.snapshots())
                    .put("DamagedSnapshots", region.damagedSnapshots())
                    .put("Keys", region.keys())
                    .put("Segments", region.segments())
                    .put("Blocks", region.blocks())
                    .put("StoredBytes", region.bytes())
                    .put("LeftOut", region.leftOut());
        }
        var notes = json.putObject("Notes").putArray("Note");
        rebuilt.notes().forEach(notes::add);
        rebuilt.kept().ifPresent(kept -> json.put("OldCatalog", kept));
        return json;
    }
}

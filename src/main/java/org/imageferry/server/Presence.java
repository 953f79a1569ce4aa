package org.imageferry.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.CatalogException;
import org.imageferry.catalog.Nodes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// This process among those that use the catalog: says that it is there, and hears whether it is to claim
/// nothing more.
final class Presence {
    private static final Logger LOG = LoggerFactory.getLogger(Presence.class);

    /// So often it is looked whether the node is to drain.
    static final Duration LOOK = Duration.ofSeconds(2);

    private final Catalog catalog;
    private final String node;
    private final Duration beat;
    private volatile boolean draining;
    private volatile int others;

    /// @param node its name
    /// @param beat how often to say that it is there
    Presence(Catalog catalog, String node, Duration beat) {
        this.catalog = catalog;
        this.node = node;
        this.beat = beat;
    }

    /// Says that it has started.
    void join() {
        catalog.write(tables -> {
            tables.nodes().join(node, host(), version(), beat);
            return node;
        });
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }

    /// From the jar's manifest; classes that were just compiled have none.
    private static String version() {
        return Optional.ofNullable(Presence.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    /// @param me if I was not forgotten
    /// @param due whether it is time to say that I am there
    /// @param others so many are there
    private record Seen(Optional<Nodes.Node> me, boolean due, int others) {
        static Seen of(Collection<Nodes.Node> nodes, String name, Instant now) {
            Optional<Nodes.Node> me =
                    nodes.stream().filter(node -> node.name().equals(name)).findFirst();
            boolean due =
                    me.filter(node -> !now.isBefore(node.seen().plus(node.beat()))).isPresent();
            long there = nodes.stream().filter(node -> !node.lost(now)).count();
            return new Seen(me, due, Math.toIntExact(there - (me.isPresent() ? 1 : 0)));
        }
    }

    /// To be called again and again.
    void look() {
        Seen seen = catalog.read(tables -> Seen.of(tables.nodes().all(), node, tables.now()));
        others = seen.others();
        if (seen.me().isEmpty()) {
            join(); // it was silent for so long that it was forgotten
            return;
        }
        note(seen.me().get().draining());
        if (seen.due()) {
            catalog.write(tables -> {
                tables.nodes().beat(node);
                return node;
            });
        }
    }

    private void note(boolean now) {
        if (now != draining) {
            draining = now;
            LOG.atInfo().log(now ? "draining: nothing more is claimed" : "working again");
        }
    }

    /// Whether it is to claim nothing more.
    boolean draining() {
        return draining;
    }

    /// How many other processes were there a moment ago.
    int others() {
        return others;
    }

    /// Says that it ends; without a catalog nobody is told, and it counts as lost.
    void leave() {
        try {
            catalog.write(tables -> {
                tables.nodes().leave(node);
                return node;
            });
        } catch (CatalogException e) {
            LOG.atWarn().addKeyValue("reason", e.getMessage()).log("left without a word");
        }
    }
}

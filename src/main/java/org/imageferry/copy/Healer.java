package org.imageferry.copy;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.imageferry.catalog.Parts;
import org.imageferry.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Heals parts that ail: finds out which of their blocks can't be read where they should be, and finds or
/// brings each elsewhere. What can't be healed is noted on snapshots and images, and tried again.
///
/// Any number of healers may look at one part at once: what they bring counts only in the transaction
/// that says who needs it, and what came second is garbage.
public final class Healer {
    private static final Logger LOG = LoggerFactory.getLogger(Healer.class);

    /// So long after a part could not be healed it is tried again.
    static final Duration AGAIN = Duration.ofMinutes(10);

    /// So long after its own store could not be asked.
    private static final Duration SOON = Duration.ofMinutes(1);

    private final Workshop shop;
    private final Predicate<Region> onDuty;

    public Healer(Workshop shop) {
        this(shop, _ -> true);
    }

    /// @param onDuty whether to heal what ails in a region: one healer is enough
    public Healer(Workshop shop, Predicate<Region> onDuty) {
        this.shop = shop;
        this.onDuty = onDuty;
    }

    /// Looks at one of the region's ailing parts, if one's time has come.
    ///
    /// @return whether there was
    public boolean step(Region region) {
        if (region.health().gone().isPresent()) {
            return false;
        }
        Optional<Parts.Part> part =
                shop.catalog().read(tables -> tables.damage().ailing(region.id()));
        if (part.isEmpty() || !onDuty.test(region)) {
            return false;
        }
        heal(region, part.get());
        return true;
    }

    /// @return what can't be read of the part; nothing if all of it can
    Optional<String> heal(Region region, Parts.Part part) {
        try (Healing healing = new Healing(shop, region, part)) {
            Optional<String> left = healing.run();
            log(region, part, left);
            return left;
        } catch (StoreException e) {
            shop.catalog()
                    .write(tables -> {
                        tables.damage().postpone(part, tables.now().plus(SOON));
                        return part;
                    });
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static void log(Region region, Parts.Part part, Optional<String> left) {
        if (left.isPresent()) {
            LOG.atError()
                    .addKeyValue("part", part.digest())
                    .addKeyValue("region", region.id())
                    .addKeyValue("reason", left.get())
                    .log("a part can't be healed");
        } else {
            LOG.atInfo()
                    .addKeyValue("part", part.digest())
                    .addKeyValue("region", region.id())
                    .log("a part is whole");
        }
    }
}

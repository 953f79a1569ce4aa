package org.imageferry.server;

import java.util.Optional;
import org.imageferry.console.Seal;
import org.imageferry.kms.MasterKey;

/// Seals with a key that is derived from the master key, which all nodes have.
record ConsoleSeal(MasterKey key) implements Seal {
    private static final String PURPOSE = "console";

    static ConsoleSeal of(MasterKey master) {
        return new ConsoleSeal(master.derived(PURPOSE));
    }

    @Override
    public String seal(String text) {
        return key.wrap(text, PURPOSE);
    }

    @Override
    public Optional<String> open(String sealed) {
        try {
            return Optional.of(key.unwrap(sealed, PURPOSE));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}

package org.imageferry.server;

import java.util.Optional;
import org.imageferry.console.Seal;
import org.imageferry.kms.MasterKey;

/// Seals with the master key, which all nodes have.
record ConsoleSeal(MasterKey master) implements Seal {
    private static final String CONTEXT = "console";

    @Override
    public String seal(String text) {
        return master.wrap(text, CONTEXT);
    }

    @Override
    public Optional<String> open(String sealed) {
        try {
            return Optional.of(master.unwrap(sealed, CONTEXT));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}

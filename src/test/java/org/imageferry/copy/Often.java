package org.imageferry.copy;

import java.util.List;
import java.util.random.RandomGenerator;

/// How often something may happen in a world.
enum Often {
    NEVER(0, 0),
    SELDOM(2, 5),
    SOMETIMES(10, 15),
    OFTEN(40, 30);

    private static final int THOUSAND = 1_000;
    private static final int HUNDRED = 100;
    private final int ofThousandSteps;
    private final int ofHundredRequests;

    Often(int ofThousandSteps, int ofHundredRequests) {
        this.ofThousandSteps = ofThousandSteps;
        this.ofHundredRequests = ofHundredRequests;
    }

    static Often any(RandomGenerator chance) {
        List<Often> all = List.of(values());
        return all.get(chance.nextInt(all.size()));
    }

    /// Whether it happens in this step.
    boolean now(RandomGenerator chance) {
        return ofThousandSteps > 0 && chance.nextInt(THOUSAND) < ofThousandSteps;
    }

    /// Whether this request is about it.
    boolean asked(RandomGenerator chance) {
        return chance.nextInt(HUNDRED) < ofHundredRequests;
    }
}

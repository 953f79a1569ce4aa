package org.imageferry.console;

import java.util.List;
import java.util.Locale;

/// What a person can do when a copy failed, going by the reason.
final class Remedies {
    private static final String KEY = "key";

    /// @param sign in the reason, in lower case
    private record Remedy(String sign, String advice) {}

    private static final List<Remedy> REMEDIES =
            List.of(
                    new Remedy(
                            "no space",
                            "Free space in the region, or delete images there with their snapshots, then"
                                    + " start it again: what has arrived is not moved twice."),
                    new Remedy(
                            "full",
                            "Free space in the region, or delete images there with their snapshots, then"
                                    + " start it again: what has arrived is not moved twice."),
                    new Remedy(
                            KEY,
                            "See whether the key is enabled and the image service may use it, then start"
                                    + " it again."),
                    new Remedy(
                            "checksum",
                            "The source is damaged. Verify it: what another region has is healed from"
                                    + " there. Then start it again."),
                    new Remedy(
                            "damage",
                            "The source is damaged. Verify it: what another region has is healed from"
                                    + " there. Then start it again."),
                    new Remedy(
                            "format",
                            "The file is not what it was declared to be. Check it with qemu-img check and"
                                    + " import it again."));

    private static final String OTHERWISE =
            "Mend what the reason names, then start it again: what has arrived is not moved twice. The"
                    + " failed image goes by itself after a week.";

    private Remedies() {}

    static Html of(String reason) {
        String text = reason.toLowerCase(Locale.ROOT);
        return REMEDIES.stream()
                .filter(remedy -> text.contains(remedy.sign()))
                .map(Remedies::said)
                .findFirst()
                .orElse(Html.of("{}", OTHERWISE));
    }

    private static Html said(Remedy remedy) {
        return Html.join(
                Html.of("{}", remedy.advice()),
                Html.when(
                        remedy.sign().equals(KEY),
                        Html.of(" They are under <a href=\"{}\">Keys</a>.", Links.KEYS)));
    }
}

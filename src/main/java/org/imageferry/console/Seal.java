package org.imageferry.console;

import java.util.Optional;

/// Seals what browsers keep for us, so that they can neither read nor change it. All nodes of an
/// installation open what any of them sealed.
public interface Seal {
    /// @return printable ASCII without quotes, spaces, commas and semicolons, as a cookie's value must be
    String seal(String text);

    /// @return nothing if it was not sealed here
    Optional<String> open(String sealed);
}

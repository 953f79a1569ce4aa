/// How disks become blocks, segments and manifests, and what these look like in a store, byte by byte:
/// `docs/design/format.md`.
///
/// It knows neither the catalog nor the order of work: it cuts, names, encodes, packs and checks what
/// it is given. All bytes that come from a store are hostile here until they are checked.
@NullMarked
package org.imageferry.blocks;

import org.jspecify.annotations.NullMarked;

/// What a region's store tells of the catalog: each record made of the catalog's rows, in the transaction
/// that changes them, and read back.
///
/// It knows the form of records, which `docs/design/format.md` has, and not when they are written or read:
/// neither stores nor the engine.
@NullMarked
package org.imageferry.records;

import org.jspecify.annotations.NullMarked;

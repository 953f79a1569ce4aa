/// What the catalog must promise: the records of images, blocks and tasks, changed in transactions.
///
/// The port is a set of tables with typed rows. What a change means is its caller's to know; what must
/// hold whatever the caller does (uniqueness, references, one task a slot) is the tables'.
@NullMarked
package org.imageferry.catalog;

import org.jspecify.annotations.NullMarked;

/// The SQLite catalog against the contract, and what only SQLite can get wrong.
@NullMarked
package org.imageferry.catalog.jdbc;

import org.jspecify.annotations.NullMarked;

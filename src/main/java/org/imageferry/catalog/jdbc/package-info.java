/// The catalog in an SQL database: SQLite in a file or in memory.
///
/// One class per table of the port, in SQL that more than one database speaks; what only one does is in
/// its [org.imageferry.catalog.jdbc.Dialect]. It knows nothing of why its callers change what they
/// change.
@NullMarked
package org.imageferry.catalog.jdbc;

import org.jspecify.annotations.NullMarked;

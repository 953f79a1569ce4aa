package org.imageferry.catalog.jdbc;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/// The table `installation`: its only row names the catalog.
final class InstallationRow {
    private static final int BYTES = 16;

    private InstallationRow() {}

    /// Names the catalog unless it has a name.
    ///
    /// @return its name
    static String ensure(Sql sql, RandomGenerator random) {
        byte[] id = new byte[BYTES];
        random.nextBytes(id);
        sql.change(
                "insert into installation (one, id) values (1, ?) on conflict do nothing",
                HexFormat.of().formatHex(id));
        return new JdbcRegions(sql).installation();
    }
}

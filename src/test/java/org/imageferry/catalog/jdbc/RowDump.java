package org.imageferry.catalog.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// All that a catalog holds of accounts, images and their bytes, row by row. Numbers that the tables give
/// themselves are told by what they stand for, so equal contents are equal dumps, in whichever database.
public final class RowDump {
    private static final String SCOPE =
            "(select account || '/' || region || coalesce('/' || key || '/' || key_version, '')"
                    + " from scope where scope.id = %s)";
    private static final String OBJECT =
            "(select stored_object.id from stored_object where number = %s)";

    private static final List<String> WHOLE =
            List.of(
                    "installation",
                    "account",
                    "account_quota",
                    "account_user",
                    "policy",
                    "access_key",
                    "resource_group",
                    "region_barrier",
                    "kms_key",
                    "kms_alias",
                    "snapshot",
                    "snapshot_tag",
                    "image",
                    "disk",
                    "image_tag",
                    "image_tag_count",
                    "image_share",
                    "image_market",
                    "subject");

    private static final Map<String, String> IN_PART =
            Map.of(
                    "image_count",
                    "* from image_count where images > 0",
                    "snapshot_count",
                    "* from snapshot_count where snapshots > 0",
                    "region",
                    "id, record, copying, customer_keys, oldest_snapshot, rules_revision from region",
                    "data_key",
                    SCOPE.formatted("data_key.scope") + ", wrapped from data_key",
                    "stored_object",
                    "id, region, kind, state, bytes, loose, "
                            + SCOPE.formatted("stored_object.scope")
                            + " from stored_object",
                    "part",
                    "digest, content_bytes, loose, "
                            + SCOPE.formatted("part.scope")
                            + ", "
                            + OBJECT.formatted("part.manifest")
                            + " from part",
                    "part_object",
                    "digest, "
                            + SCOPE.formatted("part.scope")
                            + ", "
                            + OBJECT.formatted("part_object.object")
                            + " from part_object join part on part.id = part_object.part",
                    "snapshot_part",
                    "snapshot, number, digest, disk_bytes, created, "
                            + SCOPE.formatted("snapshot_part.scope")
                            + " from snapshot_part join part on part.id = snapshot_part.part",
                    "block",
                    "name, ordinal, "
                            + SCOPE.formatted("block.scope")
                            + ", "
                            + OBJECT.formatted("block.object")
                            + " from block where exists (select 1 from stored_object"
                            + " where number = block.object)");

    private RowDump() {}

    private static Map<String, String> queries() {
        Map<String, String> queries = new LinkedHashMap<>();
        WHOLE.forEach(table -> queries.put(table, "select * from " + table));
        IN_PART.forEach((table, query) -> queries.put(table, "select " + query));
        return queries;
    }

    /// By table, sorted.
    public static Map<String, List<String>> of(Path file) throws SQLException {
        return of("jdbc:sqlite:" + file);
    }

    /// The same of tables in a schema of a PostgreSQL database.
    public static Map<String, List<String>> of(PostgresAddress address, String schema)
            throws SQLException {
        return of(TestPostgres.url(address) + "&currentSchema=" + schema);
    }

    private static Map<String, List<String>> of(String url) throws SQLException {
        Map<String, List<String>> dump = new LinkedHashMap<>();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            for (Map.Entry<String, String> query : queries().entrySet()) {
                try (ResultSet rows = statement.executeQuery(query.getValue())) {
                    dump.put(query.getKey(), lines(rows, query.getValue().startsWith("select *")));
                }
            }
        }
        return dump;
    }

    /// @param named whether the columns stand in no order of their own
    private static List<String> lines(ResultSet rows, boolean named) throws SQLException {
        List<String> lines = new ArrayList<>();
        ResultSetMetaData columns = rows.getMetaData();
        while (rows.next()) {
            List<String> values = new ArrayList<>();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                values.add((named ? columns.getColumnName(i) + "=" : "") + text(rows, i));
            }
            if (named) {
                values.sort(Comparator.naturalOrder());
            }
            lines.add(String.join(" ", values));
        }
        return lines.stream().sorted().toList();
    }

    private static String text(ResultSet rows, int column) throws SQLException {
        return rows.getObject(column) instanceof byte[] bytes
                ? HexFormat.of().formatHex(bytes)
                : String.valueOf(rows.getString(column));
    }
}

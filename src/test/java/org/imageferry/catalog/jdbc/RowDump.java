package org.imageferry.catalog.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// All that a catalog's file holds of accounts, images and their bytes, row by row. Numbers that the tables
/// give themselves are told by what they stand for, so equal contents are equal dumps.
public final class RowDump {
    private static final String SCOPE =
            "(select account || '/' || region || coalesce('/' || key || '/' || key_version, '')"
                    + " from scope where scope.id = %s)";
    private static final String OBJECT =
            "(select hex(stored_object.id) from stored_object where number = %s)";

    private static final Map<String, String> QUERIES = queries();

    private RowDump() {}

    private static Map<String, String> queries() {
        Map<String, String> queries = new LinkedHashMap<>();
        for (String table :
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
                        "subject")) {
            queries.put(table, "select * from " + table);
        }
        queries.put("counts", "select * from image_count where images > 0");
        queries.put("snapshots", "select * from snapshot_count where snapshots > 0");
        queries.put(
                "region",
                "select id, record, copying, customer_keys, oldest_snapshot, rules_revision"
                        + " from region");
        queries.put(
                "data_key",
                "select " + SCOPE.formatted("data_key.scope") + ", wrapped from data_key");
        queries.put(
                "stored_object",
                "select hex(id), "
                        + SCOPE.formatted("stored_object.scope")
                        + ", region, kind, state, bytes, loose from stored_object");
        queries.put(
                "part",
                "select hex(digest), "
                        + SCOPE.formatted("part.scope")
                        + ", "
                        + OBJECT.formatted("part.manifest")
                        + ", content_bytes, loose from part");
        queries.put(
                "part_object",
                "select hex(digest), "
                        + SCOPE.formatted("part.scope")
                        + ", "
                        + OBJECT.formatted("part_object.object")
                        + " from part_object join part on part.id = part_object.part");
        queries.put(
                "snapshot_part",
                "select snapshot, number, hex(digest), disk_bytes, created, "
                        + SCOPE.formatted("snapshot_part.scope")
                        + " from snapshot_part join part on part.id = snapshot_part.part");
        queries.put(
                "block",
                "select hex(name), ordinal, "
                        + SCOPE.formatted("block.scope")
                        + ", "
                        + OBJECT.formatted("block.object")
                        + " from block where exists (select 1 from stored_object"
                        + " where number = block.object)");
        return queries;
    }

    /// By table, sorted.
    public static Map<String, List<String>> of(Path file) throws SQLException {
        Map<String, List<String>> dump = new LinkedHashMap<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (Map.Entry<String, String> query : QUERIES.entrySet()) {
                try (ResultSet rows = statement.executeQuery(query.getValue())) {
                    dump.put(query.getKey(), lines(rows));
                }
            }
        }
        return dump;
    }

    private static List<String> lines(ResultSet rows) throws SQLException {
        List<String> lines = new ArrayList<>();
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
            List<String> values = new ArrayList<>();
            for (int i = 1; i <= columns; i++) {
                values.add(String.valueOf(rows.getString(i)));
            }
            lines.add(String.join(" ", values));
        }
        return lines.stream().sorted().toList();
    }
}

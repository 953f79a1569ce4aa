package org.imageferry.catalog.jdbc;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.imageferry.catalog.CatalogException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.sqlite.SQLiteConfig;

/// Brings all rows of a catalog in a SQLite file into the tables of a new one in PostgreSQL, in one
/// transaction: those have the same names and columns. What PostgreSQL has besides stays as it was made.
/// Source of the form: PostgreSQL's manual, `COPY`, "Text
/// Format".
///
/// @param sqlite of the version of this program
/// @param postgres has the tables, and only what a new catalog has in them
record RowTransfer(Path sqlite, PostgresDatabase postgres) {
    /// What each database has of its migrations.
    private static final String HISTORY = "flyway_schema_history";

    private static final String OUR_SCHEMA =
            "(select oid from pg_namespace where nspname = current_schema())";

    private static final String POSTGRES_TABLES =
            "select relname from pg_class where relkind = 'r' and relnamespace = " + OUR_SCHEMA;

    /// All but those of the processes that used it: they stay behind.
    private static final String SQLITE_TABLES =
            """
            select name from sqlite_master where type = 'table' and name not like 'sqlite\\_%' escape '\\'
            and name not in ('node', 'duty')
            """;

    private static final String REFERENCES =
            """
            select conrelid::regclass::text, confrelid::regclass::text from pg_constraint
            where contype = 'f' and conrelid <> confrelid and connamespace =
            """
                    + OUR_SCHEMA;

    private static final String NUMBERED =
            """
            select table_name, column_name from information_schema.columns
            where table_schema = current_schema() and is_identity = 'YES'
            """;

    private static final int CHUNK_BYTES = 64 << 10;

    /// @return how many rows each table has
    Map<String, Long> run() {
        try (Connection from = SqliteDatabase.source(config(), sqlite.toString()).getConnection();
                Connection to = postgres.source().getConnection()) {
            to.setAutoCommit(false);
            List<String> tables = inOrder(to, tables(from, to));
            empty(to, tables);
            Map<String, Long> rows = new LinkedHashMap<>();
            for (String table : tables) {
                rows.put(table, copy(from, to, table));
            }
            for (List<String> numbered : texts(to, NUMBERED, 2)) {
                goOnCounting(from, to, numbered.get(0), numbered.get(1));
            }
            requireAll(from, to, rows);
            to.commit();
            return rows;
        } catch (SQLException e) {
            throw PostgresDatabase.explained(postgres.dialect(), e);
        }
    }

    private static SQLiteConfig config() {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        return config;
    }

    private Set<String> tables(Connection from, Connection to) throws SQLException {
        Set<String> there = names(from, SQLITE_TABLES);
        Set<String> here = names(to, POSTGRES_TABLES);
        if (!here.containsAll(there)) {
            throw failure("lacks tables that " + sqlite + " has: it has " + here);
        }
        return there;
    }

    private static Set<String> names(Connection connection, String query) throws SQLException {
        Set<String> names = new TreeSet<>();
        texts(connection, query, 1).forEach(row -> names.add(row.getFirst()));
        names.remove(HISTORY);
        return names;
    }

    private CatalogException failure(String what) {
        return new CatalogException(postgres.dialect().subject() + " " + what);
    }

    /// Each after those that its rows refer to.
    private List<String> inOrder(Connection to, Set<String> tables) throws SQLException {
        List<List<String>> references = texts(to, REFERENCES, 2);
        Set<String> ordered = new LinkedHashSet<>();
        for (int i = 0; i < tables.size() && ordered.size() < tables.size(); i++) {
            tables.stream()
                    .filter(table ->
                            references.stream()
                                    .filter(pair -> pair.get(0).equals(table))
                                    .filter(pair -> tables.contains(pair.get(1)))
                                    .allMatch(pair -> ordered.contains(pair.get(1))))
                    .forEach(ordered::add);
        }
        if (ordered.size() < tables.size()) {
            throw new IllegalStateException("tables refer to each other in a circle");
        }
        return List.copyOf(ordered);
    }

    /// What a new catalog has are states, actions and its name. What triggers count comes along.
    private static void empty(Connection to, List<String> tables) throws SQLException {
        for (String table : tables) {
            execute(to, "alter table " + table + " disable trigger user");
        }
        for (String table : tables.reversed()) {
            execute(to, "delete from " + table);
        }
    }

    private static void execute(Connection to, String text) throws SQLException {
        try (Statement statement = to.createStatement()) {
            statement.execute(text);
        }
    }

    private static List<List<String>> texts(Connection connection, String query, int columns)
            throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<List<String>> all = new ArrayList<>();
            while (rows.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    row.add(String.valueOf(rows.getString(i)));
                }
                all.add(row);
            }
            return all;
        }
    }

    /// @return how many rows
    private static long copy(Connection from, Connection to, String table) throws SQLException {
        try (Statement statement = from.createStatement();
                ResultSet rows = statement.executeQuery("select * from " + table)) {
            List<String> columns = new ArrayList<>();
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                columns.add(rows.getMetaData().getColumnName(i));
            }
            CopyIn copy =
                    to.unwrap(PGConnection.class)
                            .getCopyAPI()
                            .copyIn(
                                    "copy %s (%s) from stdin"
                                            .formatted(table, String.join(", ", columns)));
            try {
                long count = send(rows, columns.size(), copy);
                copy.endCopy();
                execute(to, "alter table " + table + " enable trigger user");
                return count;
            } finally {
                if (copy.isActive()) {
                    copy.cancelCopy();
                }
            }
        }
    }

    private static long send(ResultSet rows, int columns, CopyIn copy) throws SQLException {
        long count = 0;
        StringBuilder lines = new StringBuilder();
        while (rows.next()) {
            for (int i = 1; i <= columns; i++) {
                lines.append(i == 1 ? "" : "\t");
                append(lines, rows, i);
            }
            lines.append('\n');
            count++;
            if (lines.length() >= CHUNK_BYTES) {
                flush(lines, copy);
            }
        }
        flush(lines, copy);
        return count;
    }

    private static void append(StringBuilder line, ResultSet rows, int column) throws SQLException {
        switch (rows.getObject(column)) {
            case null -> line.append("\\N");
            case byte[] bytes -> line.append("\\\\x").append(HexFormat.of().formatHex(bytes));
            case Object value -> escape(line, value.toString());
        }
    }

    private static void escape(StringBuilder line, String text) {
        for (int i = 0; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '\\' -> line.append("\\\\");
                case '\t' -> line.append("\\t");
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                default -> line.append(text.charAt(i));
            }
        }
    }

    private static void flush(StringBuilder lines, CopyIn copy) throws SQLException {
        byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
        copy.writeToCopy(bytes, 0, bytes.length);
        lines.setLength(0);
    }

    /// Numbers that were given are not given again, also those of rows that are gone.
    private static void goOnCounting(Connection from, Connection to, String table, String column)
            throws SQLException {
        String given =
                texts(from, "select seq from sqlite_sequence where name = '" + table + "'", 1)
                        .stream()
                        .map(List::getFirst)
                        .findFirst()
                        .orElse("0");
        execute(
                to,
                """
                select setval(pg_get_serial_sequence('%s', '%s'),
                    greatest(%s, (select coalesce(max(%s), 0) from %s)) + 1, false)
                """
                        .formatted(table, column, given, column, table));
    }

    private void requireAll(Connection from, Connection to, Map<String, Long> rows)
            throws SQLException {
        for (Map.Entry<String, Long> table : rows.entrySet()) {
            String count = "select count(*) from " + table.getKey();
            long there = Long.parseLong(texts(from, count, 1).getFirst().getFirst());
            long here = Long.parseLong(texts(to, count, 1).getFirst().getFirst());
            if (here != there || here != table.getValue()) {
                throw failure(
                        "has %d rows of %s, %s has %d: nothing was changed"
                                .formatted(here, table.getKey(), sqlite, there));
            }
        }
    }
}

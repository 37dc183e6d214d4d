package io.penstock.sinks.duckdb;

import io.penstock.record.StreamInfo;
import io.penstock.sink.WriteMode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The statements that bring the lines of a spool into a table.
 *
 * @param table where to
 * @param layout its columns
 * @param stream its key and how it tells of deletions
 * @param spool the file of lines
 * @param longest bytes of its longest line
 */
record Load(Table table, Layout layout, StreamInfo stream, Path spool, int longest) {

    private static final int DEFAULT_LONGEST = 16 << 20;
    private static final String STAGE = "_penstock_stage";
    private static final String GONE = "_penstock_gone";

    /** Runs them; call inside the transaction of the commit. */
    void run(Connection connection, WriteMode mode) throws SQLException {
        if (mode == WriteMode.UPSERT) {
            upsert(connection);
        } else {
            Sql.run(
                    connection,
                    "INSERT INTO " + table.sql() + " (" + names() + ") SELECT " + values() + " FROM "
                            + source(Optional.empty()));
        }
    }

    /** Repeated keys inside one commit first give way to their last line; then each takes the place of the row it names. */
    private void upsert(Connection connection) throws SQLException {
        Optional<String> deleted = stream.deletedField();
        String gone = deleted.map(this::field)
                .map(raw -> "coalesce(" + raw + "::BOOLEAN, false)")
                .orElse("false");
        Sql.run(
                connection,
                "CREATE OR REPLACE TEMP TABLE " + STAGE + " AS SELECT " + values() + ", " + gone + " AS " + GONE
                        + " FROM " + source(deleted));
        String keys = keys("");
        boolean repeats = !Sql.query(
                        connection,
                        row -> 1,
                        "SELECT 1 FROM " + STAGE + " GROUP BY " + keys + " HAVING count(*) > 1 LIMIT 1")
                .isEmpty();
        if (repeats) {
            Sql.run(
                    connection,
                    "DELETE FROM " + STAGE + " WHERE rowid NOT IN (SELECT max(rowid) FROM " + STAGE + " GROUP BY "
                            + keys + ")");
        }
        Sql.run(connection, "DELETE FROM " + table.sql() + " AS t USING " + STAGE + " AS s WHERE " + matching());
        Sql.run(
                connection,
                "INSERT INTO " + table.sql() + " (" + names() + ") SELECT " + names() + " FROM " + STAGE + " WHERE NOT "
                        + GONE);
        Sql.run(connection, "DROP TABLE " + STAGE);
    }

    private String keys(String alias) {
        return stream.primaryKey().stream()
                .map(field ->
                        alias + Sql.name(layout.column(field).orElseThrow().name()))
                .collect(Collectors.joining(", "));
    }

    private String matching() {
        return stream.primaryKey().stream()
                .map(field -> Sql.name(layout.column(field).orElseThrow().name()))
                .map(name -> "t." + name + " = s." + name)
                .collect(Collectors.joining(" AND "));
    }

    private String names() {
        return layout.columns().stream().map(column -> Sql.name(column.name())).collect(Collectors.joining(", "));
    }

    private String values() {
        return layout.columns().stream()
                .map(column -> value(column) + " AS " + Sql.name(column.name()))
                .collect(Collectors.joining(", "));
    }

    private String value(Column column) {
        if (layout.plainFields()) {
            return Sql.name(column.field());
        }
        if (column.field().isEmpty()) {
            return "json";
        }
        boolean text = column.type() != ColumnType.JSON;
        String raw = "json_extract" + (text ? "_string" : "") + "(json, " + Sql.text(path(column.field())) + ")";
        return text && column.type() != ColumnType.VARCHAR
                ? raw + "::" + column.type().sql()
                : raw;
    }

    private String field(String name) {
        return layout.plainFields() ? Sql.name(name) : "json_extract_string(json, " + Sql.text(path(name)) + ")";
    }

    private static String path(String field) {
        return "$.\"" + field.replace("\"", "\\\"") + "\"";
    }

    /** The lines as a table function: fields as columns, or whole lines where names do not tell fields apart. */
    private String source(Optional<String> extra) {
        List<String> columns = new java.util.ArrayList<>();
        if (layout.plainFields()) {
            layout.columns()
                    .forEach(column -> columns.add(Sql.name(column.field()) + ": "
                            + Sql.text(column.type().sql())));
            extra.ifPresent(name -> columns.add(Sql.name(name) + ": 'BOOLEAN'"));
        } else {
            columns.add("json: 'JSON'");
        }
        return "read_json(" + Sql.text(spool.toString())
                + ", format = 'newline_delimited', compression = 'uncompressed', records = "
                + Sql.text(layout.plainFields() ? "true" : "false") + ", maximum_object_size = "
                + Math.max(DEFAULT_LONGEST, longest + 2) + ", columns = {" + String.join(", ", columns) + "})";
    }
}

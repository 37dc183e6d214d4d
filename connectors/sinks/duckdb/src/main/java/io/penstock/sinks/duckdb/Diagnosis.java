package io.penstock.sinks.duckdb;

import io.penstock.error.DataRejected.RecordRejected;
import io.penstock.error.PenstockException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the record that a bulk statement has refused, field by field. */
final class Diagnosis {

    private Diagnosis() {}

    /** The failure of a load: the one record and field at fault, if a value was refused. */
    static PenstockException of(Connection connection, Load load, SQLException failure) {
        String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        boolean value =
                text.contains("conver") || text.contains("cast") || text.contains("json") || text.contains("transform");
        if (value) {
            try {
                Optional<PenstockException> found = search(connection, load, failure);
                if (found.isPresent()) {
                    return found.get();
                }
            } catch (SQLException notFound) {
                failure.addSuppressed(notFound);
            }
        }
        return SqlFailures.of("cannot write the table " + load.table().sql(), failure);
    }

    private static Optional<PenstockException> search(Connection connection, Load load, SQLException failure)
            throws SQLException {
        String lines = "(SELECT row_number() OVER () AS line, json FROM read_json("
                + Sql.text(load.spool().toString())
                + ", format = 'newline_delimited', records = 'false', columns = {json: 'JSON'}, maximum_object_size = "
                + Math.max(16 << 20, load.longest() + 2) + "))";
        for (Column column : load.layout().columns()) {
            if (column.type() == ColumnType.VARCHAR || column.type() == ColumnType.JSON) {
                continue;
            }
            String raw = "json_extract_string(json, "
                    + Sql.text("$.\"" + column.field().replace("\"", "\\\"") + "\"") + ")";
            List<Long> bad = Sql.query(
                    connection,
                    row -> row.getLong(1),
                    "SELECT line FROM " + lines + " WHERE " + raw + " IS NOT NULL AND TRY_CAST(" + raw + " AS "
                            + column.type().sql() + ") IS NULL ORDER BY line LIMIT 1");
            if (!bad.isEmpty()) {
                return Optional.of(new RecordRejected(
                        "record " + bad.get(0) + " of this commit of " + load.table().stream() + " has a /"
                                + column.field() + " that is no " + column.type()
                                + ", as the schema promises: mend the schema or the data",
                        failure));
            }
        }
        return Optional.empty();
    }
}

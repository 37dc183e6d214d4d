package io.penstock.sinks.duckdb;

import io.penstock.columns.Columns;
import io.penstock.columns.Columns.Column;
import io.penstock.columns.Session;
import io.penstock.error.BadConfig.ConfigError;
import io.penstock.error.SinkFailure.SinkPermanent;
import io.penstock.error.StateFailure.SinkRegressed;
import io.penstock.record.StreamId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Proves that a table is ours and as we left it, before anything is written to it. Confined to the writer thread. */
final class TableCheck {

    private final Session session;
    private final Ledger ledger;
    private final String schema;
    private final StreamId stream;

    TableCheck(Session session, Ledger ledger, String schema, StreamId stream) {
        this.session = session;
        this.ledger = ledger;
        this.schema = schema;
        this.stream = stream;
    }

    /**
     * Whether the table is there.
     *
     * @param known the columns we gave it; empty if it is not ours yet
     * @throws ConfigError if its name is taken by somebody else
     * @throws SinkRegressed if it was dropped
     * @throws SinkPermanent if its columns were changed by somebody else
     */
    boolean exists(String name, Optional<Columns> known) throws SQLException {
        Map<String, String> found = found(name);
        if (known.isPresent()) {
            requireUnchanged(name, known.get(), found);
        } else {
            requireFree(name, found);
        }
        return !found.isEmpty();
    }

    private Map<String, String> found(String name) throws SQLException {
        Map<String, String> types = new LinkedHashMap<>();
        session.query(
                "SELECT column_name, data_type FROM duckdb_columns() WHERE database_name = current_database()"
                        + " AND lower(schema_name) = lower(?) AND lower(table_name) = lower(?) ORDER BY column_index",
                row -> types.put(row.getString(1).toLowerCase(Locale.ROOT), row.getString(2)),
                schema,
                name);
        return types;
    }

    private void requireFree(String name, Map<String, String> found) throws SQLException {
        if (stream.name().toLowerCase(Locale.ROOT).startsWith(StreamTable.RESERVED)) {
            throw new ConfigError("a stream must not be called " + stream.name() + ": names that begin with "
                    + StreamTable.RESERVED + " are kept for the state");
        }
        Optional<StreamId> owner = ledger.owner(name);
        if (owner.isPresent()) {
            throw new ConfigError(
                    "the streams " + owner.get() + " and " + stream + " would both be written to the table " + name
                            + ": give one of the connections another schema or path");
        }
        if (!found.isEmpty()) {
            throw new ConfigError(
                    "expected no table " + name + " in schema " + schema + ", found one that is not ours with"
                            + " the columns " + String.join(", ", found.keySet())
                            + ": rename it, or choose another schema or path");
        }
    }

    private void requireUnchanged(String name, Columns columns, Map<String, String> found) {
        if (found.isEmpty()) {
            throw new SinkRegressed("expected the table " + name + " in schema " + schema
                    + ", found that it was dropped: restore it, or reset the stream's state and delete its row in "
                    + StreamTable.RESERVED + "tables to read everything again");
        }
        List<String> changed = new ArrayList<>();
        for (Column column : columns.all()) {
            String type = found.get(column.name().toLowerCase(Locale.ROOT));
            if (!column.type().sql().equals(type)) {
                changed.add(column.name() + " (expected " + column.type().sql() + ", found "
                        + (type == null ? "nothing" : type) + ")");
            }
        }
        if (!changed.isEmpty()) {
            throw new SinkPermanent("the table " + name + " in schema " + schema + " was changed by somebody else: "
                    + String.join(", ", changed) + "; change it back");
        }
    }
}

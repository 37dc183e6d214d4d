package io.penstock.sinks.duckdb;

import io.penstock.error.BadConfig.ConfigError;
import io.penstock.error.StateFailure.SinkRegressed;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** Makes tables and lets them grow; each change of a table is a transaction of its own. For the writer's thread. */
final class Tables {

    private static final String OF_TABLE = " WHERE connection = ? AND stream = ? AND generation = ?";
    /** Beyond this a DOUBLE no longer holds every integer. */
    private static final String INTEGERS_END = "9007199254740992";

    private Tables() {}

    /** The layout of a table as we made it; empty if we did not. */
    static Layout load(Connection connection, Table table) throws SQLException {
        return new Layout(Sql.query(
                connection,
                row -> new Column(row.getString(1), row.getString(2), ColumnType.valueOf(row.getString(3))),
                "SELECT field, column_name, column_type FROM _penstock_columns" + OF_TABLE + " ORDER BY position",
                table.key()));
    }

    /**
     * Throws if the table in the database is not the one we know.
     *
     * @throws ConfigError if somebody else made it
     * @throws SinkRegressed if it is gone, or columns of ours are
     */
    static void requireOurs(Connection connection, Table table, Layout known) throws SQLException {
        List<String> columns = Sql.query(
                connection,
                row -> row.getString(1),
                "SELECT column_name FROM information_schema.columns WHERE lower(table_schema) = lower(?) AND lower(table_name) = lower(?)",
                table.schema(),
                table.name());
        if (known.columns().isEmpty() && !columns.isEmpty()) {
            throw new ConfigError("the table " + table.sql() + " exists and was not made by this connection (it has "
                    + String.join(", ", columns) + "): give the sink another schema or file, or rename the table");
        }
        List<String> missing = known.columns().stream()
                .map(Column::name)
                .filter(name -> columns.stream().noneMatch(name::equalsIgnoreCase))
                .toList();
        if (!missing.isEmpty()) {
            throw new SinkRegressed((columns.isEmpty()
                            ? "the table " + table.sql() + " is gone"
                            : "the table " + table.sql() + " no longer has " + String.join(", ", missing))
                    + ", though its state says otherwise: restore it, or run with --full-refresh");
        }
    }

    /** Brings the table from {@code now} to {@code wanted}; returns what it has become. */
    static Layout change(Connection connection, Table table, Layout now, Layout wanted) throws SQLException {
        if (wanted.equals(now)) {
            return now;
        }
        Layout safe = exact(connection, table, now, wanted);
        Sql.transaction(connection, () -> {
            if (now.columns().isEmpty()) {
                create(connection, table, safe);
            } else {
                alter(connection, table, now, safe);
            }
            record(connection, table, safe);
        });
        Sql.run(connection, "CHECKPOINT"); // some versions cannot replay schema changes from the log
        return safe;
    }

    /** Integers that a DOUBLE would round make it text instead. */
    private static Layout exact(Connection connection, Table table, Layout now, Layout wanted) throws SQLException {
        Layout safe = wanted;
        for (Column column : wanted.columns()) {
            Column before = now.column(column.field()).orElse(column);
            if (column.type() == ColumnType.DOUBLE
                    && before.type() == ColumnType.BIGINT
                    && hasLong(connection, table, before)) {
                safe = new Layout(safe.columns().stream()
                        .map(one -> one.equals(column) ? one.as(ColumnType.VARCHAR) : one)
                        .toList());
            }
        }
        return safe;
    }

    private static boolean hasLong(Connection connection, Table table, Column column) throws SQLException {
        return !Sql.query(
                        connection,
                        row -> row.getLong(1),
                        "SELECT 1 FROM " + table.sql() + " WHERE abs(" + Sql.name(column.name()) + "::HUGEINT) > "
                                + INTEGERS_END + " LIMIT 1")
                .isEmpty();
    }

    private static void create(Connection connection, Table table, Layout layout) throws SQLException {
        Sql.run(connection, "CREATE SCHEMA IF NOT EXISTS " + Sql.name(table.schema()));
        String columns = layout.columns().stream().map(Column::definition).collect(Collectors.joining(", "));
        Sql.run(connection, "CREATE TABLE " + table.sql() + " (" + columns + ")");
    }

    private static void alter(Connection connection, Table table, Layout now, Layout wanted) throws SQLException {
        for (Column column : wanted.columns()) {
            Column before = now.column(column.field()).orElse(null);
            if (before == null) {
                Sql.run(connection, "ALTER TABLE " + table.sql() + " ADD COLUMN " + column.definition());
            } else if (before.type() != column.type()) {
                Sql.run(
                        connection,
                        "ALTER TABLE " + table.sql() + " ALTER COLUMN " + Sql.name(column.name()) + " TYPE "
                                + column.type().sql());
            }
        }
    }

    private static void record(Connection connection, Table table, Layout layout) throws SQLException {
        Sql.change(connection, "DELETE FROM _penstock_columns" + OF_TABLE, table.key());
        for (int i = 0; i < layout.columns().size(); i++) {
            Column column = layout.columns().get(i);
            Sql.change(
                    connection,
                    "INSERT INTO _penstock_columns VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    table.stream().connection().name(),
                    table.stream().name(),
                    table.generation(),
                    table.schema(),
                    table.name(),
                    i,
                    column.field(),
                    column.name(),
                    column.type().name());
        }
    }

    /** Drops a table and what is known of it. */
    static void drop(Connection connection, Table table) throws SQLException {
        Sql.run(connection, "DROP TABLE IF EXISTS " + table.sql());
        Sql.change(connection, "DELETE FROM _penstock_columns" + OF_TABLE, table.key());
    }

    /** Lets {@code next} take the place of {@code current}; call inside a transaction. */
    static void publish(Connection connection, Table current, Table next, boolean written) throws SQLException {
        if (!written) {
            Layout known = load(connection, current);
            if (!known.columns().isEmpty()) {
                Sql.run(connection, "DELETE FROM " + current.sql());
            }
            return;
        }
        drop(connection, current);
        Sql.run(connection, "ALTER TABLE " + next.sql() + " RENAME TO " + Sql.name(current.name()));
        Sql.change(
                connection,
                "UPDATE _penstock_columns SET generation = 0, table_name = ?" + OF_TABLE,
                current.name(),
                next.key()[0],
                next.key()[1],
                next.key()[2]);
    }

    /** The streams of a connection that have a table of {@code generation}. */
    static List<Table> all(Connection connection, String name, int generation) throws SQLException {
        return Sql.query(
                connection,
                row -> new Table(
                        io.penstock.record.StreamId.of(name, row.getString(1)),
                        generation,
                        row.getString(2),
                        row.getString(3)),
                "SELECT DISTINCT stream, table_schema, table_name FROM _penstock_columns WHERE connection = ? AND generation = ?",
                name,
                generation);
    }
}

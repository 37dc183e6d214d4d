package io.penstock.sinks.postgres;

import io.penstock.record.Shape;
import io.penstock.sink.Commit;
import io.penstock.sink.KillPoint;
import io.penstock.sink.WriteMode;
import io.penstock.sinks.postgres.Columns.Column;
import io.penstock.sinks.postgres.CopyRows.DoesNotFit;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.postgresql.copy.CopyIn;

/**
 * Brings staged lines into their table, together with the cursor. Confined to the writer thread.
 *
 * <p>A commit that failed may be asked for again: whether it was made after all, its answer lost, is judged behind the lock on the
 * connection's epoch, which a transaction that still ends would hold.
 */
final class Committer {

    private static final Column TOMBSTONE = new Column("", StreamTable.RESERVED + "deleted", ColumnType.JSONB);

    private final Session session;
    private final Ledger ledger;

    /** One commit of one stage into its table. */
    private record Load(PostgresStage stage, Commit commit, StreamTable table, Optional<String> marker) {

        boolean isUpsert() {
            return stage.mode() == WriteMode.UPSERT;
        }

        /** The version and epoch that the ledger holds once it is made. */
        Ledger.Standing wanted() {
            return new Ledger.Standing(commit.version(), commit.epoch());
        }
    }

    Committer(Session session, Ledger ledger) {
        this.session = session;
        this.ledger = ledger;
    }

    /** Makes one commit; one that is made already stays as it is. */
    void commit(PostgresStage stage, StreamTable table, Commit commit) throws IOException, SQLException {
        Load load = new Load(stage, commit, table, marker(stage, table));
        if (!isDone(load)) {
            table.grow(stage.shape(), stage.spool().records(), load.marker(), commit.epoch());
            if (load.isUpsert()) {
                table.requireKey(commit.epoch());
            } else {
                table.dropKey(commit.epoch());
            }
            for (Optional<DoesNotFit> unfit = attempt(load); unfit.isPresent(); unfit = attempt(load)) {
                table.widen(unfit.get(), load.isUpsert(), commit.epoch());
            }
            KillPoint.reach("postgres.commit.done");
        }
        stage.clear();
    }

    /** The field that only marks tombstones, and needs no column for that. */
    private static Optional<String> marker(PostgresStage stage, StreamTable table) {
        Optional<String> field = stage.stream().deletedField();
        boolean only = field.isPresent()
                && stage.mode() == WriteMode.UPSERT
                && !stage.isUndeleting()
                && !table.columns().byField().containsKey(field.get());
        return only ? field : Optional.empty();
    }

    /** Whether the ledger holds it already. */
    private boolean isDone(Load load) throws SQLException {
        PostgresStage stage = load.stage();
        Ledger.Standing standing = ledger.standing(stage.slice(), stage.replaces());
        if (!standing.equals(load.wanted())
                && standing.version() != load.commit().version() - 1) {
            throw Ledger.conflict(stage.slice(), load.commit());
        }
        return standing.equals(load.wanted());
    }

    /** One try of the transaction; gives the value that does not fit into its column, if there is one. */
    private Optional<DoesNotFit> attempt(Load load) throws SQLException {
        try {
            session.transaction(() -> {
                ledger.requireEpoch(
                        load.stage().slice().stream().connection(),
                        load.commit().epoch());
                if (!isDone(load)) {
                    if (load.stage().spool().records() > 0) {
                        write(load);
                    }
                    KillPoint.reach("postgres.commit.copied");
                    ledger.advance(load.stage().slice(), load.stage().replaces(), load.commit());
                    load.table().requireUnchanged(); // what was written to can be changed by nobody until the end
                    KillPoint.reach("postgres.commit.advanced");
                }
            });
            return Optional.empty();
        } catch (DoesNotFit unfit) {
            return Optional.of(unfit);
        }
    }

    private void write(Load load) throws SQLException {
        StreamTable table = load.table();
        Shape shape = load.stage().shape();
        List<Column> columns = table.occurring(shape);
        if (load.isUpsert()) {
            Upsert upsert = new Upsert(session, table, columns, deleted(load, columns));
            copy(
                    load,
                    upsert.prepare(),
                    new CopyRows(
                            table.stream(),
                            upsert.staged(),
                            Set.copyOf(table.stream().primaryKey()),
                            true));
            upsert.merge();
        } else {
            String into = "COPY " + table.qualified() + " (" + Upsert.names(columns) + ") FROM STDIN";
            copy(load, into, new CopyRows(table.stream(), columns, Set.of(), false));
        }
    }

    private static Optional<Column> deleted(Load load, List<Column> columns) {
        Optional<String> field = load.stage().stream()
                .deletedField()
                .filter(name -> load.stage().shape().fields().containsKey(name));
        Optional<Column> own = field.flatMap(name ->
                columns.stream().filter(column -> column.field().equals(name)).findFirst());
        return own.isPresent()
                ? own
                : load.marker()
                        .filter(name -> field.isPresent())
                        .map(name -> new Column(name, TOMBSTONE.name(), TOMBSTONE.type()));
    }

    private void copy(Load load, String into, CopyRows rows) throws SQLException {
        CopyIn copy = session.copy(into);
        try {
            InputStream lines = load.stage().spool().read();
            rows.send(lines, copy);
            copy.endCopy();
        } catch (IOException broken) {
            cancel(copy, broken);
            throw new UncheckedIOException(broken);
        } catch (SQLException | RuntimeException failure) {
            cancel(copy, failure);
            throw failure;
        }
    }

    private static void cancel(CopyIn copy, Exception failure) {
        try {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        } catch (SQLException lost) {
            failure.addSuppressed(lost);
        }
    }
}

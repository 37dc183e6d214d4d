package io.penstock.sinks.duckdb;

import io.penstock.columns.ColumnType;
import io.penstock.columns.Columns.Column;
import io.penstock.columns.Load;
import io.penstock.columns.RejectFinder;
import io.penstock.columns.Session;
import io.penstock.columns.SpoolRewriter;
import io.penstock.columns.SqlFailures;
import io.penstock.error.PenstockException;
import io.penstock.record.Shape;
import io.penstock.sink.KillPoint;
import io.penstock.sink.WriteMode;
import io.penstock.sinks.duckdb.CommitQueue.StagedCommit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Brings staged lines into their tables, together with the cursors. Confined to the writer thread. */
final class Committer {

    private final Session session;
    private final Ledger ledger;
    private final DeadLetters letters;
    private final Supplier<Path> files;
    private final Tables tables;

    /** Finds the table that a stage fills. */
    @FunctionalInterface
    interface Tables {
        StreamTable of(DuckDbStage stage) throws IOException, SQLException;
    }

    Committer(Session session, Ledger ledger, DeadLetters letters, Supplier<Path> files, Tables tables) {
        this.session = session;
        this.ledger = ledger;
        this.letters = letters;
        this.files = files;
        this.tables = tables;
    }

    /**
     * Makes commits into one table in one transaction, or changes nothing: then each is to be made alone, which also tells what
     * is wrong with it.
     */
    void tryTogether(List<StagedCommit> all) throws IOException {
        try {
            for (StagedCommit one : all) {
                if (standing(one).version() != one.commit().version() - 1) {
                    return;
                }
            }
            loadTogether(all);
        } catch (SQLException | PenstockException leftToEachAlone) {
            // Each is made alone now; one that was made after all, its answer lost, is found in the ledger.
        }
    }

    private void loadTogether(List<StagedCommit> all) throws IOException, SQLException {
        StreamTable table = tables.of(all.get(0).stage());
        Shape shape = Shape.EMPTY;
        Set<String> wide = new HashSet<>();
        long longest = 0;
        for (StagedCommit one : all) {
            DuckDbStage stage = one.stage();
            stage.spool().flush();
            shape = shape.and(stage.shape());
            wide.addAll(stage.wide());
            longest = Math.max(longest, stage.longest());
        }
        table.grow(shape, 1, Set.of(), wide);
        Load load = new Load(
                all.stream().map(one -> one.stage().spool().path()).toList(),
                table.occurring(shape),
                Set.of(),
                longest);
        if (!load.isRenamed()) {
            session.transaction(() -> {
                table.append(load);
                for (StagedCommit one : all) {
                    advance(one);
                }
            });
        }
    }

    /** Makes one commit; one that is made already stays as it is. */
    void commit(StagedCommit one) throws IOException, SQLException {
        DuckDbStage stage = one.stage();
        Ledger.Standing standing = standing(one);
        if (!standing.equals(one.wanted())) {
            if (standing.version() != one.commit().version() - 1) {
                throw Ledger.conflict(stage.slice(), one.commit());
            }
            StreamTable table = tables.of(stage);
            KillPoint.reach("duckdb.commit.begun");
            stage.spool().flush();
            if (stage.buried() != null) {
                letters.prepare();
            }
            if (stage.mode() == WriteMode.UPSERT) {
                table.mark(stage.shape(), stage.spool().path(), stage.longest());
            }
            table.grow(stage.shape(), stage.spool().records(), stage.inexact(), stage.wide());
            load(one, table);
            KillPoint.reach("duckdb.commit.done");
        }
        stage.clear();
    }

    private void load(StagedCommit one, StreamTable table) throws IOException, SQLException {
        DuckDbStage stage = one.stage();
        Path rewritten = files.get();
        try {
            Load load =
                    new Load(List.of(stage.spool().path()), table.occurring(stage.shape()), Set.of(), stage.longest());
            if (load.isRenamed() || !stage.isReadable()) {
                load = rewrite(stage, table, load, rewritten);
            }
            for (Optional<Column> finer = attempt(one, table, load);
                    finer.isPresent();
                    finer = attempt(one, table, load)) {
                table.keepAsText(finer.get());
                load = load.of(table.occurring(stage.shape()));
            }
        } finally {
            Files.deleteIfExists(rewritten);
        }
    }

    private static Load rewrite(DuckDbStage stage, StreamTable table, Load load, Path to) throws IOException {
        Set<String> asText = load.columns().stream()
                .filter(column -> column.type() == ColumnType.JSON)
                .map(Column::field)
                .filter(stage.inexact()::contains)
                .collect(Collectors.toSet());
        SpoolRewriter rewriter = new SpoolRewriter(table.readable(), asText);
        rewriter.rewrite(List.of(stage.spool().path()), to);
        return new Load(List.of(to), load.columns(), asText, rewriter.longest());
    }

    /** One try of the transaction; gives the column that must become text before the next try, if there is one. */
    private Optional<Column> attempt(StagedCommit one, StreamTable table, Load load) throws IOException, SQLException {
        DuckDbStage stage = one.stage();
        Path buried = stage.buried();
        try {
            session.transaction(() -> {
                if (stage.spool().records() > 0) {
                    if (stage.mode() == WriteMode.UPSERT) {
                        table.upsert(load);
                    } else {
                        table.append(load);
                    }
                }
                if (buried != null) {
                    letters.take(stage.slice(), stage.replaces(), buried, stage.longestLetter());
                    KillPoint.reach("duckdb.commit.buried");
                }
                advance(one);
            });
            return Optional.empty();
        } catch (SQLException failure) {
            if (!SqlFailures.isConversion(failure)) {
                requireDone(one, failure);
                return Optional.empty();
            }
            Optional<Column> finer = new RejectFinder(session, stage.stream().id()).finer(load);
            if (finer.isEmpty()) {
                throw failure;
            }
            return finer;
        }
    }

    private void advance(StagedCommit one) throws SQLException {
        ledger.advance(one.stage().slice(), one.stage().replaces(), one.commit());
        KillPoint.reach("duckdb.commit.inserted");
    }

    private Ledger.Standing standing(StagedCommit one) throws SQLException {
        return ledger.standing(one.stage().slice(), one.stage().replaces());
    }

    /** After a lost answer the ledger tells whether the commit was made. */
    private void requireDone(StagedCommit one, SQLException failure) throws SQLException {
        try {
            if (standing(one).equals(one.wanted())) {
                return;
            }
        } catch (SQLException unreadable) {
            failure.addSuppressed(unreadable);
        }
        throw failure;
    }
}

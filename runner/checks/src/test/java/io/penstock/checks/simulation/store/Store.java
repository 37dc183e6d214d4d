package io.penstock.checks.simulation.store;

import io.penstock.error.StateFailure.StateConflict;
import io.penstock.record.SliceId;
import io.penstock.record.StreamId;
import io.penstock.sink.Claim;
import io.penstock.sink.Commit;
import io.penstock.sink.CommitCadence;
import io.penstock.sink.Committed;
import io.penstock.sink.WriteMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is durable. It outlives processes, keeps to the contract of sinks, and watches that the engine keeps to its side. */
public final class Store {

    /** When the engine should commit. */
    public final CommitCadence cadence;

    /** Whether the store has a bug that applies a commit twice; for tests of the tests. */
    public boolean doubling;

    /** Whether the store has a bug that loses rows behind a failed commit; for tests of the tests. */
    public boolean forgetful;

    private final Map<StreamId, Table> tables = new LinkedHashMap<>();
    private final Map<StreamId, Table> generations = new LinkedHashMap<>();
    private final Map<SliceId, Committed> cursors = new TreeMap<>(java.util.Comparator.comparing(SliceId::toString));
    private final List<String> offences = new ArrayList<>();
    private long epoch;
    private long owner;
    private int openStages;

    /** An empty store. */
    public Store(CommitCadence cadence) {
        this.cadence = cadence;
    }

    /** Rows of one stream: those that only come, and those that have a key. */
    private static final class Table {
        final List<String> appended = new ArrayList<>();
        final Map<String, String> keyed = new LinkedHashMap<>();

        void take(List<String> rows, WriteMode mode) {
            for (String row : rows) {
                if (mode == WriteMode.UPSERT) {
                    keyed.put(key(row), row);
                } else {
                    appended.add(row);
                }
            }
        }

        List<String> texts() {
            List<String> all = new ArrayList<>(appended);
            all.addAll(keyed.values());
            return all.stream().sorted().toList();
        }
    }

    private static String key(String row) {
        int from = row.indexOf(":\"") + 2;
        return row.substring(from, row.indexOf('"', from));
    }

    /** The lock and a new epoch for a process; what dead ones left is swept. */
    Claim claim(long process) {
        if (owner != 0) {
            throw new StateConflict("the store belongs to process " + owner);
        }
        owner = process;
        generations.clear();
        epoch++;
        return new Claim(epoch, cursors);
    }

    /** The lock ends with its owner. */
    public void letGo(long process) {
        if (owner == process) {
            owner = 0;
        }
    }

    void apply(SliceId slice, Commit commit, List<String> rows, WriteMode mode) {
        Committed known = cursors.getOrDefault(slice, Committed.NOTHING);
        if (commit.version() == known.version() && commit.epoch() == epoch && !doubling) {
            return; // applied before, and only the answer was lost
        }
        boolean next = commit.version() == known.version() + 1 || (doubling && commit.version() == known.version());
        if (commit.epoch() != epoch || !next) {
            String wrong =
                    slice + " stands at version " + known.version() + " of epoch " + epoch + ", but got " + commit;
            offences.add(wrong);
            throw new StateConflict(wrong);
        }
        Map<StreamId, Table> target = mode == WriteMode.REPLACE ? generations : tables;
        target.computeIfAbsent(slice.stream(), made -> new Table()).take(rows, mode);
        cursors.put(slice, new Committed(commit.version(), commit.cursor().or(known::cursor)));
    }

    void publish(StreamId stream, WriteMode mode) {
        if (mode == WriteMode.REPLACE) {
            Table whole = generations.get(stream);
            tables.put(stream, whole == null ? new Table() : whole);
        }
    }

    void stage(int more) {
        openStages += more;
    }

    void offence(String what) {
        offences.add(what);
    }

    /** Rows of a stream as text, sorted. */
    public List<String> texts(StreamId stream) {
        Table table = tables.get(stream);
        return table == null ? List.of() : table.texts();
    }

    /** How many stages of living processes are open. */
    public int openStages() {
        return openStages;
    }

    /** Whether a living process holds the lock. */
    public boolean claimed() {
        return owner != 0;
    }

    /** What the engine did that it must not. */
    public List<String> offences() {
        return List.copyOf(offences);
    }

    /** A process is gone, and all that it had open. */
    public void died(long process) {
        letGo(process);
        openStages = 0;
    }
}

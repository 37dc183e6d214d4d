package io.penstock.sinks.files;

import io.penstock.error.PenstockException;
import io.penstock.error.StateFailure.StateConflict;
import io.penstock.record.StreamId;
import io.penstock.sink.Commit;
import io.penstock.sink.KillPoint;
import io.penstock.sink.Spool;
import io.penstock.sinks.files.CommitQueue.Waiting;
import io.penstock.sinks.files.DataFiles.Place;
import io.penstock.sinks.files.Generation.SliceState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes commits that wait at the same moment durable together: each data file is synced once, then the state is saved once.
 *
 * <p>Rows come first, the state second. Of those that follow the last commit of their slice either all are committed or none; one
 * that does not is refused by itself and leaves the others alone. For one group; confined to the writer thread.
 */
final class GroupCommit {

    private final Ledger ledger;
    private final List<Waiting> accepted = new ArrayList<>();
    private final List<Append> appends = new ArrayList<>();
    private final Map<OpenFile, Target> targets = new LinkedHashMap<>();
    private DirectoryState fresh;

    /** What goes where. */
    private record Append(Place place, long at) {}

    /** Whose rows are in a file, and how many bytes of it are committed before the group. */
    private record Target(StreamId stream, boolean replacing, long before) {}

    private GroupCommit(Ledger ledger) {
        this.ledger = ledger;
        this.fresh = ledger.state();
    }

    /** Commits {@code group}; afterwards each of them is over, well or not. */
    static void of(List<Waiting> group, Ledger ledger) {
        GroupCommit commit = new GroupCommit(ledger);
        try {
            ledger.requireWritable();
            group.forEach(commit::judge);
            commit.makeDurable();
            commit.accepted.forEach(Waiting::done);
            commit.settle();
        } catch (IOException | RuntimeException failure) {
            PenstockException why = failure instanceof PenstockException known ? known : ledger.fail(failure);
            group.stream().filter(waiting -> !waiting.isOver()).forEach(waiting -> waiting.refuse(why));
        }
    }

    private void judge(Waiting waiting) {
        Place place = waiting.place();
        Commit commit = waiting.commit();
        StreamId id = place.slice().stream();
        StreamState stream = fresh.streams().getOrDefault(id, StreamState.of(id, ""));
        SliceState slice = stream.slice(place.slice().key(), place.replacing());
        boolean again = slice.epoch() == commit.epoch() && slice.version() == commit.version();
        if (commit.epoch() != fresh.epoch() || (!again && commit.version() != slice.version() + 1)) {
            waiting.refuse(conflict(waiting, slice));
            return;
        }
        accepted.add(waiting);
        if (!again) { // else the answer to this very commit was lost
            fresh = fresh.with(stream.with(place.replacing(), grown(place, stream, slice.after(commit))));
        }
    }

    private Generation grown(Place place, StreamState stream, SliceState slice) {
        Generation before = stream.generation(place.replacing());
        targets.putIfAbsent(place.file(), new Target(stream.id(), place.replacing(), before.length()));
        appends.add(new Append(place, before.length()));
        Spool spool = place.spool();
        return before.grown(spool.bytes(), spool.records(), place.slice().key(), slice);
    }

    private StateConflict conflict(Waiting waiting, SliceState slice) {
        Commit commit = waiting.commit();
        return new StateConflict("the commit " + commit.version() + " of run " + commit.epoch() + " for "
                + waiting.place().slice() + " does not follow commit " + slice.version() + " in run " + fresh.epoch()
                + ": another run has taken over; see that only one runs, and run again");
    }

    private void makeDurable() throws IOException {
        if (appends.isEmpty()) {
            return;
        }
        try {
            KillPoint.reach("files.commit.begun");
            append();
            KillPoint.reach("files.commit.synced");
            ledger.save(fresh);
            KillPoint.reach("files.commit.saved");
        } catch (IOException | RuntimeException failure) {
            if (!ledger.inDoubt()) {
                targets.forEach((file, target) -> file.cut(target.before()));
            }
            throw failure;
        }
    }

    private void append() throws IOException {
        for (Append append : appends) {
            append.place().file().append(append.place().spool(), append.at());
        }
        for (Map.Entry<OpenFile, Target> entry : targets.entrySet()) {
            OpenFile file = entry.getKey();
            Target target = entry.getValue();
            file.sync();
            StreamState stream = fresh.streams().getOrDefault(target.stream(), StreamState.of(target.stream(), ""));
            Generation after = stream.generation(target.replacing());
            fresh = fresh.with(stream.with(target.replacing(), after.ending(file.tail(after.length()))));
        }
    }

    private void settle() throws IOException {
        for (Waiting waiting : accepted) {
            Spool spool = waiting.place().spool();
            boolean written = appends.stream().anyMatch(append -> append.place().spool() == spool);
            if (written && spool.isTail()) {
                spool.settle();
            } else {
                spool.clear();
            }
        }
    }
}

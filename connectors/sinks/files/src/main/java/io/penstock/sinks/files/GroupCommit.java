package io.penstock.sinks.files;

import io.penstock.error.PenstockException;
import io.penstock.parts.directory.CommitQueue.Waiting;
import io.penstock.parts.directory.Ledger;
import io.penstock.parts.directory.SliceState;
import io.penstock.record.StreamId;
import io.penstock.sink.Commit;
import io.penstock.sink.KillPoint;
import io.penstock.sink.Spool;
import io.penstock.sinks.files.DataFiles.FilePlace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Makes commits that wait at the same moment durable together: each data file is synced once, then the state is saved once.
 *
 * <p>Rows come first, the state second. Of those that follow the last commit of their slice either all are committed or none; one
 * that does not is refused by itself and leaves the others alone. For one group; confined to the writer thread.
 */
final class GroupCommit {

    private final Ledger<DirectoryState> ledger;
    private final List<Waiting<FilePlace>> accepted = new ArrayList<>();
    private final List<FilePlace> appends = new ArrayList<>();
    private final Map<OpenFile, Target> targets = new LinkedHashMap<>();
    private DirectoryState fresh;

    /** Whose rows are in a file, and how many bytes of it are committed before the group. */
    private record Target(StreamId stream, boolean replacing, long before) {}

    private GroupCommit(Ledger<DirectoryState> ledger) {
        this.ledger = ledger;
        this.fresh = ledger.state();
    }

    /** Commits {@code group}; afterwards each of them is over, well or not. */
    static void of(List<Waiting<FilePlace>> group, Ledger<DirectoryState> ledger) {
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

    private void judge(Waiting<FilePlace> waiting) {
        FilePlace place = waiting.place();
        Commit commit = waiting.commit();
        StreamId id = place.slice().stream();
        StreamState stream = fresh.streams().getOrDefault(id, StreamState.of(id, ""));
        SliceState slice = stream.slice(place.slice().key(), place.replacing());
        if (!slice.takes(commit, fresh.epoch())) {
            waiting.refuse(slice.conflict(place.slice(), commit, fresh.epoch()));
            return;
        }
        accepted.add(waiting);
        if (!slice.isAfter(commit)) { // else the answer to this very commit was lost
            fresh = fresh.with(stream.with(place.replacing(), grown(place, stream, slice.after(commit))));
        }
    }

    private Generation grown(FilePlace place, StreamState stream, SliceState slice) {
        Generation before = stream.generation(place.replacing());
        targets.putIfAbsent(place.file(), new Target(stream.id(), place.replacing(), before.length()));
        appends.add(place);
        return before.grown(place.spool().records(), place.slice().key(), slice);
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
        Map<OpenFile, Long> lengths = new HashMap<>();
        for (FilePlace place : appends) {
            Target target = Objects.requireNonNull(targets.get(place.file()));
            long at = lengths.getOrDefault(place.file(), target.before());
            lengths.put(place.file(), place.file().append(place.spool(), at));
        }
        for (Map.Entry<OpenFile, Target> entry : targets.entrySet()) {
            OpenFile file = entry.getKey();
            Target target = entry.getValue();
            file.sync();
            StreamState stream = fresh.streams().getOrDefault(target.stream(), StreamState.of(target.stream(), ""));
            Generation after = stream.generation(target.replacing());
            long length = Objects.requireNonNull(lengths.get(file));
            fresh = fresh.with(stream.with(target.replacing(), after.ending(length, file.tail(length))));
        }
    }

    private void settle() throws IOException {
        for (Waiting<FilePlace> waiting : accepted) {
            Spool spool = waiting.place().spool();
            boolean written = appends.stream().anyMatch(place -> place.spool() == spool);
            if (written && spool.isTail()) {
                spool.settle();
            } else {
                spool.clear();
            }
        }
    }
}

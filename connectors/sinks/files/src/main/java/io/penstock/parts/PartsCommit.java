package io.penstock.parts;

import io.penstock.error.PenstockException;
import io.penstock.parts.directory.CommitQueue.Waiting;
import io.penstock.parts.directory.Ledger;
import io.penstock.parts.directory.SliceState;
import io.penstock.record.StreamId;
import io.penstock.sink.KillPoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes commits that wait at the same moment durable together: the rows of one stream share their parts, and the manifest is saved
 * once. One whose records cannot be written is refused by itself. For one group; confined to the writer thread.
 */
final class PartsCommit {

    private final Ledger<Manifest> ledger;
    private final PartFiles files;
    private final PartWriter writer;
    private final List<Waiting<PartPlace>> accepted = new ArrayList<>();
    private final Map<StreamId, List<Part>> visible = new LinkedHashMap<>();
    private Manifest fresh;

    /** What the parts of a commit are for. */
    private record Key(StreamId stream, boolean replacing) {}

    private PartsCommit(Ledger<Manifest> ledger, PartFiles files, PartWriter writer) {
        this.ledger = ledger;
        this.files = files;
        this.writer = writer;
        this.fresh = ledger.state();
    }

    /** Commits {@code group}; afterwards each of them is over, well or not. */
    static void of(List<Waiting<PartPlace>> group, Ledger<Manifest> ledger, PartFiles files, PartWriter writer) {
        PartsCommit commit = new PartsCommit(ledger, files, writer);
        try {
            ledger.requireWritable();
            KillPoint.reach("parts.commit.begun");
            for (List<Waiting<PartPlace>> same : byStream(group)) {
                commit.writeTogether(same);
            }
            commit.makeDurable();
            for (Waiting<PartPlace> waiting : commit.accepted) {
                waiting.place().clear();
                waiting.done();
            }
        } catch (IOException | RuntimeException failure) {
            PenstockException why = failure instanceof PenstockException known ? known : ledger.fail(failure);
            group.stream().filter(waiting -> !waiting.isOver()).forEach(waiting -> waiting.refuse(why));
        }
    }

    private static List<List<Waiting<PartPlace>>> byStream(List<Waiting<PartPlace>> group) {
        Map<Key, List<Waiting<PartPlace>>> sorted = new LinkedHashMap<>();
        for (Waiting<PartPlace> waiting : group) {
            PartPlace place = waiting.place();
            sorted.computeIfAbsent(new Key(place.slice().stream(), place.replacing()), key -> new ArrayList<>())
                    .add(waiting);
        }
        return List.copyOf(sorted.values());
    }

    /** One that is refused must not take others along: then each is written alone. */
    private void writeTogether(List<Waiting<PartPlace>> same) throws IOException {
        Manifest before = fresh;
        int count = accepted.size();
        try {
            List<Waiting<PartPlace>> adding = same.stream().filter(this::judge).toList();
            write(adding.stream().map(Waiting::place).toList());
        } catch (PenstockException refusal) {
            fresh = before;
            accepted.subList(count, accepted.size()).clear();
            List<Waiting<PartPlace>> open =
                    same.stream().filter(waiting -> !waiting.isOver()).toList();
            if (open.size() == 1) {
                open.get(0).refuse(refusal);
                return;
            }
            for (Waiting<PartPlace> one : open) {
                writeTogether(List.of(one));
            }
        }
    }

    /** Whether its rows are to be written; the answer to one that was made already was lost. */
    private boolean judge(Waiting<PartPlace> waiting) {
        PartPlace place = waiting.place();
        String key = place.slice().key();
        StreamParts stream = stream(place.slice().stream());
        SliceState slice = stream.slice(key, place.replacing());
        if (!slice.takes(waiting.commit(), fresh.epoch())) {
            waiting.refuse(slice.conflict(place.slice(), waiting.commit(), fresh.epoch()));
            return false;
        }
        accepted.add(waiting);
        if (slice.isAfter(waiting.commit())) {
            return false;
        }
        PartsGeneration generation = stream.generation(place.replacing()).with(key, slice.after(waiting.commit()));
        fresh = fresh.with(stream.with(place.replacing(), generation));
        return true;
    }

    private StreamParts stream(StreamId id) {
        return fresh.streams().getOrDefault(id, StreamParts.of(id, ""));
    }

    private void write(List<PartPlace> places) throws IOException {
        if (places.stream().noneMatch(place -> place.spool().records() > 0)) {
            return;
        }
        PartPlace first = places.get(0);
        StreamParts stream = stream(first.slice().stream());
        PartsGeneration before = stream.generation(first.replacing());
        PartsGeneration after = writer.write(places, before, fresh.epoch());
        fresh = fresh.with(stream.with(first.replacing(), after));
        if (!first.replacing()) {
            List<Part> added =
                    after.parts().subList(before.parts().size(), after.parts().size());
            visible.computeIfAbsent(stream.id(), id -> new ArrayList<>()).addAll(added);
        }
    }

    @SuppressWarnings("ReferenceEquality") // a state that was not replaced is the very same
    private void makeDurable() throws IOException {
        if (fresh == ledger.state()) {
            return;
        }
        files.disk().syncEntries(files.staged());
        KillPoint.reach("parts.commit.staged");
        ledger.save(fresh);
        KillPoint.reach("parts.commit.decided");
        for (Map.Entry<StreamId, List<Part>> entry : visible.entrySet()) {
            files.place(stream(entry.getKey()), entry.getValue());
        }
        KillPoint.reach("parts.commit.placed");
    }
}

package io.penstock.testkit.model.data;

import io.penstock.testkit.model.record.Facts;
import io.penstock.testkit.model.record.ModelStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Works out and keeps the {@link Truth} of each stream and revision.
 *
 * <p>The first revision is read in full, about 2 microseconds a record; every later one is the one before with its own
 * changes taken away and added. Blocks its caller meanwhile: not for an event loop. Safe for concurrent use.
 */
final class Truths {

    private final Dataset data;
    private final Map<ModelStream, List<Sum>> generated = new EnumMap<>(ModelStream.class);

    Truths(Dataset data) {
        this.data = data;
    }

    synchronized Truth of(ModelStream stream, int revision) {
        List<Sum> known = generated.computeIfAbsent(stream, name -> new ArrayList<>());
        while (known.size() < revision) {
            known.add(known.isEmpty() ? first(stream) : next(stream, known.size() + 1, known.get(known.size() - 1)));
        }
        return edited(stream, revision, known.get(revision - 1)).truth();
    }

    private Sum first(ModelStream stream) {
        Sum sum = new Sum();
        RecordReader reader = data.unedited(stream, 1);
        for (int index = 0; index < reader.born(); index++) {
            sum.add(stream, reader, reader.load(index), 1);
        }
        return sum;
    }

    private Sum next(ModelStream stream, int revision, Sum before) {
        Sum sum = new Sum();
        sum.add(before);
        RecordReader then = data.unedited(stream, revision - 1);
        RecordReader now = data.unedited(stream, revision);
        for (int index = 0; index < now.born(); index++) {
            Facts facts = now.load(index);
            if (facts.changedIn == revision) {
                sum.add(stream, now, facts, 1);
                if (index < then.born()) {
                    sum.add(stream, then, then.load(index), -1);
                }
            }
        }
        return sum;
    }

    private Sum edited(ModelStream stream, int revision, Sum before) {
        if (stream != ModelStream.CUSTOMERS || data.edits().isEmpty()) {
            return before;
        }
        Sum sum = new Sum();
        sum.add(before);
        RecordReader plain = data.unedited(stream, revision);
        RecordReader edited = data.reader(stream, revision);
        for (int index : data.edits().indexes()) {
            if (index < plain.born()) {
                sum.add(stream, plain, plain.load(index), -1);
                sum.add(stream, edited, edited.load(index), 1);
            }
        }
        return sum;
    }
}

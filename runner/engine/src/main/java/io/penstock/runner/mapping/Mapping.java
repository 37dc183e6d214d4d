package io.penstock.runner.mapping;

import io.penstock.config.Nearest;
import io.penstock.config.Problems;
import io.penstock.decode.DecodeLimits;
import io.penstock.decode.Decoder;
import io.penstock.decode.Decoders;
import io.penstock.record.FieldScan;
import io.penstock.record.RecordBytes;
import io.penstock.record.StreamInfo;
import io.penstock.runner.mapping.value.Fields;
import io.penstock.runner.mapping.value.Raw;
import io.penstock.runner.mapping.value.RecordSchema;
import io.penstock.runner.mapping.value.Unfit;
import io.penstock.runner.mapping.verb.Computed;
import io.penstock.runner.mapping.verb.Filter;
import io.penstock.runner.mapping.verb.Hash;
import io.penstock.runner.mapping.verb.Mask;
import io.penstock.runner.mapping.verb.Rename;
import io.penstock.runner.mapping.verb.Verb;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done to the records of one stream. Immutable, safe for concurrent use. */
public final class Mapping {

    /** Records were held against the plan's limits when they came. */
    private static final DecodeLimits JUDGED = new DecodeLimits(1 << 30, 1000, 1 << 30, 1 << 30, 1 << 30, 1 << 30);

    private static final Logger LOG = LoggerFactory.getLogger(Mapping.class);

    private final StreamInfo source;
    private final StreamInfo target;
    private final Filter filter;
    private final List<Verb> verbs;
    private final List<Verb> disguises;
    private final Validation validation;
    private final @Nullable Contract contract;

    private Mapping(StreamInfo source, PlannedMapping planned) {
        this.source = source;
        this.filter = planned.filter();
        this.verbs = planned.verbs();
        this.disguises = verbs.stream()
                .filter(verb -> verb instanceof Mask || verb instanceof Hash)
                .toList();
        this.validation = planned.validation();
        this.contract = contract(source, validation);
        this.target = target();
    }

    /** Who asks for warnings only loses nothing where there is nothing to hold records against. */
    private static @Nullable Contract contract(StreamInfo source, Validation validation) {
        if (validation == Validation.WARN && source.schema().isEmpty()) {
            LOG.warn(
                    "{}: nothing is validated, for no schema of it is known; write one under schema if the source takes it",
                    source.id());
            return null;
        }
        return validation == Validation.OFF ? null : Contract.of(source);
    }

    /**
     * What {@code planned} means for {@code stream}.
     *
     * @throws io.penstock.error.BadConfig.ConfigError naming every setting that would take a key, a cursor or the word of deletions
     *     away, or that names a field which the stream cannot have
     */
    public static Mapping of(PlannedMapping planned, StreamInfo stream) {
        Problems problems = new Problems();
        planned.verbs().forEach(verb -> verb.judge(stream, problems));
        stream.schema().map(RecordSchema::of).ifPresent(schema -> judgeNames(planned, schema, problems));
        problems.throwIfAny("the mapping of " + stream.id());
        return new Mapping(stream, planned);
    }

    /** As {@link #of}; empty if {@code planned} wants nothing done. */
    public static Optional<Mapping> wanted(PlannedMapping planned, StreamInfo stream) {
        return planned.isNone() ? Optional.empty() : Optional.of(of(planned, stream));
    }

    private static void judgeNames(PlannedMapping planned, RecordSchema schema, Problems problems) {
        Set<String> known = schema.names();
        planned.verbs()
                .forEach(verb -> known.addAll(verb instanceof Computed computed ? computed.targets() : Set.of()));
        if (schema.isClosed()) {
            planned.names().stream()
                    .filter(name -> !known.contains(name))
                    .forEach(name -> problems.add(name, "is not a field of the stream" + Nearest.hint(name, known)));
        }
    }

    /** What the sink is told of the stream: keys under their new names, the schema of what comes out. */
    public StreamInfo info() {
        return target;
    }

    private StreamInfo target() {
        Optional<String> schema = source.schema().map(text -> {
            RecordSchema changed = RecordSchema.of(text);
            if (!verbs.isEmpty()) {
                verbs.forEach(verb -> verb.on(changed));
                return changed.json();
            }
            return text;
        });
        List<String> key = source.primaryKey();
        for (Verb verb : verbs) {
            key = verb instanceof Rename rename ? rename.of(key) : key;
        }
        return new StreamInfo(source.id(), schema, key, source.cursorField(), source.deletedField(), source.resume());
    }

    /**
     * Maps the records of a batch. A record whose only message is that it is gone is neither filtered nor validated, and nothing is
     * set in it, because the sink must learn of it and there is nothing in it but its key.
     */
    public Mapped apply(RecordBytes records) {
        return new Work(records).done();
    }

    /** One batch being mapped. */
    private final class Work {
        private final RecordBytes records;
        private final @Nullable FieldScan deleted;
        private final List<Misfit> misfits = new ArrayList<>();
        private final int[] kept;
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private int count;
        private int filtered;
        private int warned;

        Work(RecordBytes records) {
            this.records = records;
            this.kept = new int[2 * records.size()];
            this.deleted = source.deletedField().map(FieldScan::of).orElse(null);
        }

        Mapped done() {
            for (int i = 0; i < records.size(); i++) {
                try {
                    take(i);
                } catch (Unfit unfit) {
                    misfits.add(misfit(i, unfit));
                }
            }
            return new Mapped(result(), misfits, filtered, warned);
        }

        private Misfit misfit(int i, Unfit unfit) {
            String code = unfit.isContract() ? "SchemaViolation" : "RecordRejected";
            return new Misfit(disguised(i), code, unfit.pointer(), unfit.reason());
        }

        /** A record that does not fit, as it was read; but what must not be seen is masked and hashed there too. */
        private byte[] disguised(int i) {
            if (disguises.isEmpty()) {
                return records.copy(i);
            }
            ByteArrayOutputStream hidden = new ByteArrayOutputStream();
            if (isObject(i)) {
                Fields fields = fields(i);
                disguises.forEach(verb -> verb.on(fields));
                fields.write(hidden);
            } else {
                Raw.text("***").write(hidden); // whose fields cannot be told apart
            }
            return hidden.toByteArray();
        }

        private void take(int i) {
            boolean gone = deleted != null && "true".equals(deleted.text(records, i));
            if (contract != null && !gone) {
                validate(contract, i);
            }
            if (filter.isEmpty() && verbs.isEmpty()) {
                keep(i);
                return;
            }
            Fields fields = fields(i);
            if (!gone && !filter.keeps(fields)) {
                filtered++;
            } else if (verbs.isEmpty()) {
                keep(i);
            } else {
                for (Verb verb : verbs) {
                    if (!gone || verb.onDeleted()) {
                        verb.on(fields);
                    }
                }
                fields.write(out);
                out.write('\n');
                count++;
            }
        }

        private void validate(Contract rule, int i) {
            try {
                rule.require(records.array(), records.start(i), records.end(i));
            } catch (Unfit broken) {
                if (validation == Validation.STRICT) {
                    throw broken;
                }
                warned++;
            }
        }

        private Fields fields(int i) {
            if (!isObject(i)) {
                throw Unfit.value("", "expected an object to map, found a record that is a single value or a list");
            }
            return Fields.of(records.array(), begin(i), records.end(i));
        }

        private boolean isObject(int i) {
            return records.array()[begin(i)] == '{';
        }

        private int begin(int i) {
            int start = records.start(i);
            while (records.array()[start] == ' ' || records.array()[start] == '\t') {
                start++;
            }
            return start;
        }

        private void keep(int i) {
            kept[2 * count] = records.start(i);
            kept[2 * count + 1] = records.end(i);
            count++;
        }

        /** Records that are as they were stay where they are. */
        private RecordBytes result() {
            if (verbs.isEmpty()) {
                return count == records.size()
                        ? records
                        : RecordBytes.wrap(records.array(), kept, count, records.shape());
            }
            if (count == 0) {
                return RecordBytes.EMPTY;
            }
            try (Decoder decoder = Decoders.ndjson(JUDGED)) {
                return decoder.decode(out.toByteArray(), true);
            }
        }
    }
}

package io.penstock.runner.slice;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.penstock.decode.DecodeLimits;
import io.penstock.decode.Decoder;
import io.penstock.decode.Decoders;
import io.penstock.record.Batch;
import io.penstock.record.RecordBytes;
import io.penstock.record.SliceId;
import io.penstock.runner.mapping.Misfit;
import io.penstock.sink.Commit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Writes the dead letters of one slice. Secrets in them are hidden; each has an id that no other letter has. For one thread at a
 * time.
 */
final class Letters {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int ID_BYTES = 16;
    private static final DecodeLimits LIMITS = new DecodeLimits(64 << 20, 4, 8 << 10, 48 << 20, 1000, 100);

    private final SliceId slice;
    private final String run;
    private final RunContext context;
    private long number;

    /** Letters of {@code slice}, numbered from {@code first} on, the next commit when its reading begins. */
    Letters(SliceId slice, Commit first, RunContext context) {
        this.slice = slice;
        this.run = first.epoch() + "/" + first.version();
        this.context = context;
    }

    /** The misfits of a part of a page, as letters of the same part. */
    Batch of(Step.Page page) {
        return of(page.misfits(), page.batch());
    }

    /** Misfits of one page, as letters of it. */
    Batch of(List<Misfit> misfits, long page) {
        return of(misfits, new Batch(slice, page, 1, RecordBytes.EMPTY, Optional.empty(), true));
    }

    private Batch of(List<Misfit> misfits, Batch batch) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Misfit misfit : misfits) {
            try {
                write(out, misfit, batch.page());
            } catch (IOException impossible) {
                throw new IllegalStateException("memory can be written", impossible);
            }
        }
        try (Decoder decoder = Decoders.ndjson(LIMITS)) {
            return new Batch(
                    slice,
                    batch.page(),
                    batch.attempt(),
                    decoder.decode(out.toByteArray(), true),
                    Optional.empty(),
                    batch.pageEnd());
        }
    }

    private void write(ByteArrayOutputStream out, Misfit misfit, long page) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("id", id());
            json.writeNumberField("page", page);
            json.writeStringField("time", context.host().clock().instant().toString());
            json.writeStringField("code", misfit.code());
            json.writeStringField("pointer", misfit.pointer());
            json.writeStringField("reason", context.events().hide(misfit.reason()));
            json.writeStringField("record", context.events().hide(new String(misfit.record(), StandardCharsets.UTF_8)));
            json.writeEndObject();
        }
        out.write('\n');
    }

    private String id() {
        String named = slice + "\n" + run + "\n" + number++;
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(named.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, ID_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}

package io.penstock.decode.format;

import io.penstock.decode.Decoder;
import io.penstock.decode.format.ZipEntries.Piece;
import io.penstock.error.BadAnswer.UnexpectedContent;
import io.penstock.record.RecordBytes;
import io.penstock.record.Values;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads each file of a zip archive with a decoder of its own, one after another. */
final class ZipDecoder implements Decoder {

    private static final byte[] NOTHING = new byte[0];

    private final Supplier<Decoder> decoders;
    private final String suffix;
    private final ZipEntries entries;
    private @Nullable Decoder current;
    private boolean entryOver;
    private boolean more;
    private boolean closed;
    private int files;
    private long repairs;
    private Values values = Values.NONE;

    ZipDecoder(Supplier<Decoder> decoders, String suffix, ArchiveLimits limits) {
        this.decoders = decoders;
        this.suffix = suffix;
        this.entries = new ZipEntries(limits);
    }

    @Override
    public synchronized RecordBytes decode(byte[] bytes, boolean last) {
        if (closed) {
            return RecordBytes.EMPTY;
        }
        if (bytes.length > 0) {
            entries.feed(bytes);
        }
        more = true;
        while (true) {
            RecordBytes records = step();
            if (records == null) {
                more = false;
                if (last) {
                    finish();
                }
                return RecordBytes.EMPTY;
            }
            if (records.size() > 0) {
                return records;
            }
        }
    }

    /** The records of the next piece, maybe none; null if more input is needed first. */
    private @Nullable RecordBytes step() {
        Decoder open = current;
        if (open != null && open.pending()) {
            return read(open, NOTHING);
        }
        Piece piece = entries.next();
        if (piece == null) {
            return null;
        }
        if (!piece.entry().isFile() || !piece.entry().name().endsWith(suffix)) {
            return RecordBytes.EMPTY;
        }
        if (open == null) {
            open = decoders.get();
            current = open;
            files++;
        }
        entryOver = piece.last();
        return read(open, piece.bytes());
    }

    private RecordBytes read(Decoder open, byte[] bytes) {
        RecordBytes records = open.decode(bytes, entryOver);
        if (entryOver && !open.pending()) {
            values = open.values();
            repairs += open.repairs();
            open.close();
            current = null;
        }
        return records;
    }

    private void finish() {
        entries.end();
        close();
        if (files == 0) {
            throw new UnexpectedContent(
                    "the zip archive has no file" + (suffix.isEmpty() ? "" : " that ends in " + suffix)
                            + ": check the address and what is asked for");
        }
    }

    @Override
    public synchronized boolean pending() {
        return more && !closed;
    }

    @Override
    public synchronized Values values() {
        return values;
    }

    @Override
    public synchronized long repairs() {
        return repairs;
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            entries.close();
            if (current != null) {
                current.close();
            }
        }
    }
}

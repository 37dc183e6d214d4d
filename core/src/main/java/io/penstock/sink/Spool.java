package io.penstock.sink;

import io.penstock.record.Batch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lines of JSON that a stage has taken and not yet committed, on disk.
 *
 * <p>It lies in a private file of its own, or behind the committed part of a file that somebody else has open. It remembers
 * which bytes came from which attempt of which page, so that an attempt that broke off can be taken out again. Nothing in it
 * is durable. Blocks; safe for concurrent use.
 */
public final class Spool implements AutoCloseable {

    private static final int BUFFER = 64 << 10;

    /** Neighbouring bytes of one attempt of one page. */
    private record Piece(long page, int attempt, long bytes, long records) {}

    private final List<Piece> pieces = new ArrayList<>();
    private final ByteBuffer small = ByteBuffer.allocate(BUFFER); // gathers pieces too short for a write of their own
    private FileChannel channel;
    private @Nullable Path own;
    private long base;
    private long written;
    private boolean broken;
    private boolean closed;

    private Spool(FileChannel channel, @Nullable Path own, long base) {
        this.channel = channel;
        this.own = own;
        this.base = base;
    }

    /** A spool in the new file {@code file}, which goes away with it. */
    public static Spool in(Path file) throws IOException {
        return new Spool(PrivateFiles.open(file, StandardOpenOption.CREATE_NEW), file, 0);
    }

    /** A spool behind the first {@code base} bytes of a file that somebody else opened and closes. */
    public static Spool behind(FileChannel channel, long base) {
        return new Spool(channel, null, base);
    }

    /** Takes the records of {@code batch}. */
    public synchronized void write(Batch batch) throws IOException {
        requireWhole();
        long before = bytes();
        broken = true; // half a batch must never be committed: only the end of this method mends it
        batch.records().runs(this::append);
        broken = false;
        add(new Piece(
                batch.page(), batch.attempt(), bytes() - before, batch.records().size()));
    }

    private void requireWhole() throws IOException {
        if (closed || broken) {
            throw new IOException(closed ? "the stage was closed" : "a write to the spool has failed before");
        }
    }

    private void append(byte[] array, int offset, int length) throws IOException {
        if (length > small.remaining()) {
            pour();
        }
        if (length > BUFFER / 2) {
            drain(ByteBuffer.wrap(array, offset, length));
        } else {
            small.put(array, offset, length);
        }
    }

    private void drain(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            written += channel.write(bytes, base + written);
        }
    }

    private void add(Piece piece) {
        int last = pieces.size() - 1;
        if (last >= 0 && pieces.get(last).page == piece.page && pieces.get(last).attempt == piece.attempt) {
            Piece grown = pieces.get(last);
            pieces.set(
                    last,
                    new Piece(piece.page, piece.attempt, grown.bytes + piece.bytes, grown.records + piece.records));
        } else if (piece.records > 0) {
            pieces.add(piece);
        }
    }

    /** Takes out what came from attempt {@code attempt} or lower of {@code page}; what came after moves up. */
    public synchronized void discard(long page, int attempt) throws IOException {
        flush();
        List<Piece> all = List.copyOf(pieces);
        pieces.clear();
        long from = 0;
        long to = 0;
        for (Piece piece : all) {
            if (piece.page != page || piece.attempt > attempt) {
                move(from, to, piece.bytes);
                to += piece.bytes;
                pieces.add(piece);
            }
            from += piece.bytes;
        }
        written = to;
        channel.truncate(base + written);
    }

    private void move(long from, long to, long bytes) throws IOException {
        if (from == to) {
            return;
        }
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        for (long done = 0; done < bytes; ) {
            buffer.clear().limit((int) Math.min(BUFFER, bytes - done));
            int read = channel.read(buffer, base + from + done);
            buffer.flip();
            for (long at = base + to + done; buffer.hasRemaining(); ) {
                at += channel.write(buffer, at);
            }
            done += read;
        }
    }

    /** Hands everything to the file, so that it can be read there. */
    public synchronized void flush() throws IOException {
        requireWhole();
        pour();
    }

    private void pour() throws IOException {
        small.flip();
        drain(small);
        small.clear();
    }

    /** How many bytes it holds. */
    public synchronized long bytes() {
        return written + small.position();
    }

    /** How many records it holds. */
    public synchronized long records() {
        return pieces.stream().mapToLong(Piece::records).sum();
    }

    /** Whether it lies behind the committed part of somebody else's file. */
    public synchronized boolean isTail() {
        return own == null;
    }

    /**
     * The file of its own.
     *
     * @throws IllegalStateException if it is a tail
     */
    public synchronized Path path() {
        if (own == null) {
            throw new IllegalStateException("a tail has no file of its own");
        }
        return own;
    }

    /** Moves from behind somebody else's file into the new file {@code file}; the other file is cut where it began. */
    public synchronized void moveTo(Path file) throws IOException {
        flush();
        FileChannel target = PrivateFiles.open(file, StandardOpenOption.CREATE_NEW);
        copy(target, 0);
        channel.truncate(base);
        channel = target;
        own = file;
        base = 0;
    }

    /** Copies everything into {@code target} from position {@code at} on. */
    public synchronized void copyTo(FileChannel target, long at) throws IOException {
        flush();
        copy(target, at);
    }

    private void copy(FileChannel target, long at) throws IOException {
        target.position(at);
        for (long done = 0; done < written; ) {
            done += channel.transferTo(base + done, written - done, target);
        }
    }

    /** Forgets everything; the file is cut. */
    public synchronized void clear() throws IOException {
        small.clear();
        pieces.clear();
        written = 0;
        broken = false;
        if (channel.size() > base) {
            channel.truncate(base);
        }
    }

    /** For a tail: what it holds now belongs to the file in front of it. */
    public synchronized void settle() throws IOException {
        flush();
        base += written;
        written = 0;
        pieces.clear();
    }

    /** Forgets everything and, if the file is its own, deletes it. Idempotent. */
    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        if (own == null) {
            clear();
        } else {
            channel.close();
            Files.deleteIfExists(own);
        }
    }
}

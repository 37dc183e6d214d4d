package io.penstock.sink;

import io.penstock.record.Batch;
import io.penstock.record.HeldBytes;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * Lines of JSON that a stage has taken and not yet committed.
 *
 * <p>It lies in a private file of its own, or behind the committed part of a file that somebody else has open. A file of its own
 * may be made late ({@link #later}): a few lines stay in memory and never see a disk before their commit. It remembers
 * which bytes came from which attempt of which page, so that an attempt that broke off can be taken out again. Nothing in it
 * is durable. Blocks; safe for concurrent use.
 */
public final class Spool implements AutoCloseable {

    /** Bytes that a spool without a file keeps in memory at most. */
    public static final int IN_MEMORY = 256 << 10;

    private static final int BUFFER = 64 << 10;

    /** Neighbouring bytes of one attempt of one page. */
    private record Piece(long page, int attempt, long bytes, long records) {}

    /** Makes the file of a spool. */
    @FunctionalInterface
    public interface Maker {
        /** Makes the new file {@code file} and opens it for reading and writing. */
        FileChannel make(Path file) throws IOException;
    }

    private final List<Piece> pieces = new ArrayList<>();
    private final Maker maker;
    private final HeldBytes memory;
    private ByteBuffer small = ByteBuffer.allocate(BUFFER); // gathers pieces too short for a write of their own
    private @Nullable FileChannel channel;
    private @Nullable Path own;
    private long base;
    private long written;
    private boolean broken;
    private boolean closed;

    private Spool(@Nullable FileChannel channel, @Nullable Path own, long base, Maker maker, HeldBytes memory) {
        this.channel = channel;
        this.own = own;
        this.base = base;
        this.maker = maker;
        this.memory = memory;
    }

    /** A spool in the new file {@code file}, which goes away with it. */
    public static Spool in(Path file) throws IOException {
        return new Spool(make(file), file, 0, Spool::make, HeldBytes.of(0));
    }

    private static FileChannel make(Path file) throws IOException {
        return PrivateFiles.open(file, StandardOpenOption.CREATE_NEW);
    }

    /**
     * A spool that makes {@code file} when it holds more than {@link #IN_MEMORY}; the file goes away with it.
     *
     * @param memory what all spools may keep in memory beyond the first 64 KiB of each
     */
    public static Spool later(Path file, Maker maker, HeldBytes memory) {
        return new Spool(null, file, 0, maker, memory);
    }

    /** A spool behind the first {@code base} bytes of a file that somebody else opened and closes. */
    public static Spool behind(FileChannel channel, long base) {
        return behind(channel, base, Spool::make, HeldBytes.of(0));
    }

    /** As {@link #behind(FileChannel, long)}; should it move, then as {@link #later} says. */
    public static Spool behind(FileChannel channel, long base, Maker maker, HeldBytes memory) {
        return new Spool(channel, null, base, maker, memory);
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
        if (length > small.remaining() && !grow(length)) {
            pour();
        }
        if (length > small.remaining() || (channel != null && length > BUFFER / 2)) {
            pour(); // what came before stays before
            drain(ByteBuffer.wrap(array, offset, length));
        } else {
            small.put(array, offset, length);
        }
    }

    /** Makes room in memory for {@code length} more bytes, if nothing is in a file yet. */
    private boolean grow(int length) {
        if (channel != null
                || small.capacity() == IN_MEMORY
                || small.position() + length > IN_MEMORY
                || !memory.take(IN_MEMORY - BUFFER)) {
            return false;
        }
        small = ByteBuffer.allocate(IN_MEMORY).put(small.flip());
        return true;
    }

    private void drain(ByteBuffer bytes) throws IOException {
        FileChannel file = file();
        while (bytes.hasRemaining()) {
            written += file.write(bytes, base + written);
        }
    }

    private FileChannel file() throws IOException {
        FileChannel open = channel;
        if (open == null) {
            open = maker.make(path());
            channel = open;
        }
        return open;
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
        requireWhole();
        if (channel != null) {
            pour();
        }
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
        cut(to);
    }

    /** Takes out the records at {@code positions}, counted from 0; what came after moves up. */
    public synchronized List<TakenOut> takeOut(SortedSet<Long> positions) throws IOException {
        requireWhole();
        pour();
        List<Piece> all = List.copyOf(pieces);
        List<TakenOut> taken = new ArrayList<>();
        pieces.clear();
        broken = true; // half a move must never be committed
        long from = 0;
        long to = 0;
        long position = 0;
        for (Piece piece : all) {
            SortedSet<Long> here = positions.subSet(position, position + piece.records);
            if (here.isEmpty()) {
                move(from, to, piece.bytes);
                pieces.add(piece);
                to += piece.bytes;
            } else {
                long kept = new LineRemoval(file(), piece.page, here, taken)
                        .run(base + from, base + to, piece.bytes, position);
                pieces.add(new Piece(piece.page, piece.attempt, kept, piece.records - here.size()));
                to += kept;
            }
            from += piece.bytes;
            position += piece.records;
        }
        cut(to);
        broken = false;
        return taken;
    }

    private void cut(long length) throws IOException {
        FileChannel file = channel;
        if (file == null) {
            small.position(Math.toIntExact(length));
        } else {
            written = length;
            if (file.size() > base + length) {
                file.truncate(base + length);
            }
        }
    }

    private void move(long from, long to, long bytes) throws IOException {
        FileChannel file = channel;
        if (file == null) {
            System.arraycopy(small.array(), (int) from, small.array(), (int) to, (int) bytes);
        } else if (from != to) {
            FileBytes.move(file, base + from, base + to, bytes);
        }
    }

    /** Hands everything to the file, so that it can be read there. */
    public synchronized void flush() throws IOException {
        requireWhole();
        pour();
    }

    private void pour() throws IOException {
        small.flip();
        try {
            drain(small);
        } finally {
            small.compact(); // a write that failed has kept what it did not take
        }
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

    /** Moves from behind somebody else's file into {@code file}, made when it is needed; the other file is cut where it began. */
    public synchronized void moveTo(Path file) throws IOException {
        requireWhole();
        FileChannel from = file();
        own = file;
        if (written == 0) {
            channel = null;
        } else {
            pour();
            FileChannel target = maker.make(file);
            copy(target, 0);
            from.truncate(base);
            channel = target;
        }
        base = 0;
    }

    /** Copies everything into {@code target} from position {@code at} on. */
    public synchronized void copyTo(FileChannel target, long at) throws IOException {
        requireWhole();
        if (channel != null) {
            pour();
            copy(target, at);
        } else {
            ByteBuffer all = small.duplicate().flip();
            for (long to = at; all.hasRemaining(); ) {
                to += target.write(all, to);
            }
        }
    }

    /**
     * Everything it holds, from the beginning; to be read before the next call of any other method, and not to be closed.
     */
    public synchronized InputStream read() throws IOException {
        requireWhole();
        if (channel == null) {
            return new ByteArrayInputStream(small.array(), 0, small.position());
        }
        pour();
        return Channels.newInputStream(file().position(base));
    }

    /** Writes everything to {@code out}, for what has to be changed on its way. */
    public synchronized void writeTo(OutputStream out) throws IOException {
        requireWhole();
        FileChannel from = channel;
        if (from == null) {
            out.write(small.array(), 0, small.position());
            return;
        }
        pour();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        for (long done = 0; done < written; done += buffer.position()) {
            buffer.clear().limit((int) Math.min(BUFFER, written - done));
            if (from.read(buffer, base + done) < 0) {
                throw new EOFException("a spool was cut by somebody else");
            }
            out.write(buffer.array(), 0, buffer.position());
        }
    }

    private void copy(FileChannel target, long at) throws IOException {
        FileChannel from = file();
        target.position(at);
        for (long done = 0; done < written; ) {
            done += from.transferTo(base + done, written - done, target);
        }
    }

    /** Forgets everything; the file is cut. */
    public synchronized void clear() throws IOException {
        small.clear();
        pieces.clear();
        broken = false;
        cut(0);
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
        memory.give(small.capacity() - BUFFER);
        FileChannel file = channel;
        if (own == null) {
            clear();
        } else if (file != null) {
            file.close();
            Files.deleteIfExists(own);
        }
    }
}

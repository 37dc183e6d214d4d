package io.penstock.sinks.files;

import io.penstock.parts.directory.Disk;
import io.penstock.sink.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The real disk until it is told to fail; it notes what was synced and renamed. Safe for concurrent use. */
final class FaultyDisk implements Disk {

    final List<String> syncs = new CopyOnWriteArrayList<>();
    final List<String> renames = new CopyOnWriteArrayList<>();
    final AtomicLong made = new AtomicLong();
    volatile long room = Long.MAX_VALUE;
    volatile String full = "No space left on device";
    volatile @Nullable String syncFails;
    volatile @Nullable String renameFails;

    @Override
    public FileChannel open(Path file, OpenOption... options) throws IOException {
        made.incrementAndGet();
        return new Channel(PrivateFiles.open(file, options));
    }

    @Override
    public void sync(Path file, FileChannel open) throws IOException {
        String name = String.valueOf(file.getFileName());
        syncs.add(name);
        if (name.equals(syncFails)) {
            throw new IOException("Input/output error");
        }
        open.force(false);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        String name = String.valueOf(to.getFileName());
        renames.add(name);
        if (name.equals(renameFails)) {
            throw new IOException("Input/output error");
        }
        Disk.super.rename(from, to);
    }

    private void spend(long bytes) throws IOException {
        room -= bytes;
        if (room < 0) {
            throw new IOException(full);
        }
    }

    /** Writes as long as there is room. */
    private final class Channel extends FileChannel {
        private final FileChannel real;

        Channel(FileChannel real) {
            this.real = real;
        }

        @Override
        public int read(ByteBuffer bytes) throws IOException {
            return real.read(bytes);
        }

        @Override
        public long read(ByteBuffer[] bytes, int offset, int length) throws IOException {
            return real.read(bytes, offset, length);
        }

        @Override
        public int read(ByteBuffer bytes, long at) throws IOException {
            return real.read(bytes, at);
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            spend(bytes.remaining());
            return real.write(bytes);
        }

        @Override
        public long write(ByteBuffer[] bytes, int offset, int length) throws IOException {
            throw new UnsupportedOperationException("nobody gathers");
        }

        @Override
        public int write(ByteBuffer bytes, long at) throws IOException {
            int half = (bytes.remaining() + 1) / 2; // a disk may take less than it was given
            ByteBuffer some = bytes.slice(bytes.position(), half);
            spend(half);
            int count = real.write(some, at);
            bytes.position(bytes.position() + count);
            return count;
        }

        @Override
        public long transferTo(long at, long count, WritableByteChannel target) throws IOException {
            spend(count);
            return real.transferTo(at, count, target instanceof Channel other ? other.real : target);
        }

        @Override
        public long transferFrom(ReadableByteChannel from, long at, long count) {
            throw new UnsupportedOperationException("nobody transfers from");
        }

        @Override
        public long position() throws IOException {
            return real.position();
        }

        @Override
        public FileChannel position(long at) throws IOException {
            real.position(at);
            return this;
        }

        @Override
        public long size() throws IOException {
            return real.size();
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            real.truncate(size);
            return this;
        }

        @Override
        public void force(boolean metadata) throws IOException {
            real.force(metadata);
        }

        @Override
        public MappedByteBuffer map(MapMode mode, long at, long size) throws IOException {
            return real.map(mode, at, size);
        }

        @Override
        public FileLock lock(long at, long size, boolean shared) throws IOException {
            return real.lock(at, size, shared);
        }

        @Override
        public FileLock tryLock(long at, long size, boolean shared) throws IOException {
            return real.tryLock(at, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            real.close();
        }
    }
}

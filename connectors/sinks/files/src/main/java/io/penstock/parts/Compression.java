package io.penstock.parts;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/** How lines are pressed together; members and frames may stand one behind the other, so that a file can grow by whole ones. */
public enum Compression {
    /** As they are. */
    NONE(""),
    /** RFC 1952. */
    GZIP(".gz"),
    /** RFC 8878, level 3, with a checksum in each frame. */
    ZSTD(".zst");

    private static final int BUFFER = 64 << 10;
    private static final int LEVEL = 3;

    private final String ending;

    Compression(String ending) {
        this.ending = ending;
    }

    /** What a file's name ends in behind the ending of its format. */
    public String ending() {
        return ending;
    }

    /** A stream whose close ends one member or frame, and closes {@code out}. */
    public OutputStream over(OutputStream out) throws IOException {
        return switch (this) {
            case NONE -> out;
            case GZIP -> new GZIPOutputStream(out, BUFFER);
            case ZSTD -> new ZstdOutputStream(out, LEVEL).setChecksum(true);
        };
    }
}

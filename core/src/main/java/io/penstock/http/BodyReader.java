package io.penstock.http;

import io.netty.buffer.ByteBuf;
import io.penstock.error.TryLater.TruncatedResponse;
import io.penstock.http.HttpLimits.Limit;
import io.penstock.message.ApiRequest;
import io.penstock.message.Glimpse;
import io.penstock.message.ResponsePart.Chunk;
import io.penstock.record.HeldBytes;
import org.jspecify.annotations.Nullable;

/**
 * Turns the wire bytes of one body into chunks of it: counts, inflates, transcodes, holds, and proves that all has come.
 *
 * <p>For one thread at a time. Copies what it is given, so the caller releases its buffers.
 */
final class BodyReader implements AutoCloseable {

    private static final long RATIO_COUNTS_FROM = 1L << 20;

    private final ApiRequest request;
    private final Framing framing;
    private final HttpLimits limits;
    private final PageBuffer page;
    private final @Nullable Gunzip gunzip;
    private byte[] input = new byte[0];
    private byte[] scratch = new byte[0];
    private long wire;
    private long inflated;
    private boolean ended;

    BodyReader(ApiRequest request, Framing framing, HttpLimits limits, HeldBytes held) {
        this.request = request;
        this.framing = framing;
        this.limits = limits;
        boolean asSent = !framing.gzip() && !framing.latin1();
        this.page = new PageBuffer(asSent ? framing.length() : -1, limits.of(Limit.PAGE_BUFFER), held);
        this.gunzip = framing.gzip() ? new Gunzip(request) : null;
    }

    /** Whether the whole body fits and no more than its length can come, so that it may come as fast as it will. */
    boolean bounded() {
        return framing.length() >= 0 && !page.streaming() && gunzip == null && !framing.latin1();
    }

    /** Takes wire bytes, only after {@link #poll} has given null. */
    void add(ByteBuf bytes) {
        int count = bytes.readableBytes();
        wire += count;
        if (wire > limits.of(Limit.WIRE_BYTES)) {
            throw Framing.tooLarge(request, "a body of " + wire + " bytes so far", Limit.WIRE_BYTES, limits);
        }
        if (gunzip != null) {
            feed(gunzip, bytes, count);
        } else if (framing.latin1()) {
            bytes.forEachByte(b -> {
                page.latin1(b);
                return true;
            });
        } else {
            copy(bytes);
        }
    }

    private void copy(ByteBuf bytes) {
        while (bytes.isReadable()) {
            byte[] room = page.room();
            int count = Math.min(bytes.readableBytes(), room.length - page.position());
            bytes.readBytes(room, page.position(), count);
            page.wrote(count);
        }
    }

    private void feed(Gunzip to, ByteBuf bytes, int count) {
        if (input.length < count) {
            input = new byte[count];
        }
        bytes.readBytes(input, 0, count);
        to.feed(input, count);
    }

    /** Shows the beginning of the body as far as it has come; whether to show more. */
    boolean show(Glimpse to) {
        return page.show(to);
    }

    /** Says that framing has ended properly: no more will come. */
    void end() {
        ended = true;
        if (framing.length() >= 0 && wire != framing.length()) {
            throw new TruncatedResponse(
                    request + ": the server announced " + framing.length() + " bytes, but sent " + wire);
        }
    }

    /** The next chunk that may leave, or null if more must be added first. */
    @Nullable Chunk poll() {
        while (true) {
            byte[] chunk = page.chunk();
            if (chunk != null) {
                return new Chunk(chunk, false);
            }
            if (gunzip == null || gunzip.hungry()) {
                return ended ? last() : null;
            }
            inflate(gunzip);
        }
    }

    private Chunk last() {
        if (gunzip != null) {
            gunzip.end();
        }
        return new Chunk(page.rest(), true);
    }

    private void inflate(Gunzip from) {
        if (framing.latin1()) {
            scratch = scratch.length == 0 ? new byte[8 << 10] : scratch;
            int count = from.inflate(scratch, 0, scratch.length);
            for (int i = 0; i < count; i++) {
                page.latin1(scratch[i]);
            }
            count(count);
        } else {
            byte[] room = page.room();
            int count = from.inflate(room, page.position(), room.length - page.position());
            page.wrote(count);
            count(count);
        }
    }

    private void count(int more) {
        inflated += more;
        if (inflated > limits.of(Limit.INFLATED_BYTES)) {
            throw Framing.tooLarge(
                    request, "a body of " + inflated + " inflated bytes so far", Limit.INFLATED_BYTES, limits);
        }
        if (inflated > RATIO_COUNTS_FROM && inflated / limits.of(Limit.INFLATE_RATIO) > wire) {
            throw Framing.tooLarge(
                    request, inflated + " bytes out of " + wire + " on the wire", Limit.INFLATE_RATIO, limits);
        }
    }

    @Override
    public void close() {
        page.close();
        if (gunzip != null) {
            gunzip.close();
        }
    }
}

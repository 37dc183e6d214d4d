package io.penstock.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.record.HeldBytes;
import org.junit.jupiter.api.Test;

class PageBufferTest {

    private static final int MOST = 16 << 20;
    private static final int MIB = 1 << 20;

    private final HeldBytes all = HeldBytes.of(8 * MIB);

    private static void fill(PageBuffer page, int bytes) {
        for (int left = bytes; left > 0; ) {
            int count = Math.min(left, page.room().length - page.position());
            page.wrote(count);
            left -= count;
        }
    }

    @Test
    void aBodyOfKnownLengthTakesItsLengthAndGivesItBack() {
        PageBuffer page = new PageBuffer(5 * MIB, MOST, all);
        assertThat(page.streaming()).isFalse();
        assertThat(all.free()).isEqualTo(3 * MIB);
        page.close();
        page.close();
        assertThat(all.free()).isEqualTo(8 * MIB);
    }

    @Test
    void aBodyThatTheOthersLeaveNoRoomForIsStreamed() {
        try (PageBuffer first = new PageBuffer(5 * MIB, MOST, all);
                PageBuffer second = new PageBuffer(3 * MIB, MOST, all);
                PageBuffer third = new PageBuffer(PageBuffer.ALWAYS + 1, MOST, all);
                PageBuffer small = new PageBuffer(PageBuffer.ALWAYS, MOST, all)) {
            assertThat(first.streaming()).isFalse();
            assertThat(second.streaming()).isFalse();
            assertThat(third.streaming()).isTrue();
            assertThat(small.streaming()).isFalse();
            assertThat(all.free()).isEqualTo(-PageBuffer.CHUNK - PageBuffer.ALWAYS);
        }
        assertThat(all.free()).isEqualTo(8 * MIB);
    }

    @Test
    void aBodyOfUnknownLengthIsHeldUntilItsDoubleIsTooMuchAndThenLetsGo() {
        try (PageBuffer page = new PageBuffer(-1, MOST, all)) {
            fill(page, 3 * MIB);
            assertThat(page.streaming()).isFalse();
            assertThat(page.chunk()).isNull();
            assertThat(all.free()).isBetween(0L, 3L * MIB);
            fill(page, 2 * MIB);
            assertThat(page.streaming()).isTrue();
            long out = 0;
            for (byte[] chunk = page.chunk(); chunk != null; chunk = page.chunk()) {
                assertThat(chunk.length).isLessThanOrEqualTo(PageBuffer.CHUNK);
                out += chunk.length;
            }
            assertThat(all.free()).isEqualTo(8 * MIB - PageBuffer.CHUNK);
            assertThat(out + page.rest().length).isEqualTo(5 * MIB);
        }
        assertThat(all.free()).isEqualTo(8 * MIB);
    }

    @Test
    void aBodyAboveItsOwnLimitIsCountedByTheChunk() {
        try (PageBuffer page = new PageBuffer(MOST + 1, MOST, all)) {
            assertThat(page.streaming()).isTrue();
            assertThat(all.free()).isEqualTo(8 * MIB - PageBuffer.CHUNK);
        }
        assertThat(all.free()).isEqualTo(8 * MIB);
        HeldBytes none = HeldBytes.of(0);
        try (PageBuffer page = new PageBuffer(-1, MOST, none)) {
            fill(page, PageBuffer.ALWAYS / 4);
            assertThat(page.streaming()).isFalse();
            assertThat(none.free()).isBetween(-4L * PageBuffer.ALWAYS, -1L);
        }
        assertThat(none.free()).isZero();
    }
}

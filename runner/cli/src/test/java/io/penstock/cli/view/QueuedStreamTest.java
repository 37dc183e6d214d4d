package io.penstock.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Whoever tells does not wait for whoever reads. Under 5 s. */
class QueuedStreamTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final byte[] LINE = ("x".repeat(999) + "\n").getBytes(StandardCharsets.UTF_8);

    private final CountDownLatch reads = new CountDownLatch(1);
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();

    /** Takes nothing before {@link #reads}. */
    private final OutputStream slow = new OutputStream() {
        @Override
        public void write(int b) {
            throw new AssertionError("in pieces only");
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            try {
                reads.await();
            } catch (InterruptedException stop) {
                throw new IOException(stop);
            }
            read.write(bytes, from, length);
        }
    };

    @Test
    void writesInOrder() {
        reads.countDown();
        QueuedStream queue = QueuedStream.before(slow);
        for (int i = 0; i < 1000; i++) {
            byte[] line = (i + "\n").getBytes(StandardCharsets.UTF_8);
            queue.write(line, 0, line.length);
        }
        assertThat(queue.drain(LONG)).isTrue();
        String[] lines = read.toString(StandardCharsets.UTF_8).split("\n");
        assertThat(lines).hasSize(1000);
        assertThat(lines[999]).isEqualTo("999");
    }

    @Test
    void aReaderThatTakesNothingHoldsUpNobodyAndHearsWhatItMissed() {
        QueuedStream queue = QueuedStream.before(slow);
        int lines = 3 * QueuedStream.MOST / LINE.length;
        for (int i = 0; i < lines; i++) {
            queue.write(LINE, 0, LINE.length);
        }
        assertThat(queue.drain(Duration.ofMillis(1))).isFalse();
        int kept = QueuedStream.MOST / LINE.length;
        reads.countDown();
        assertThat(queue.drain(LONG)).isTrue();
        queue.write(LINE, 0, LINE.length);
        assertThat(queue.drain(LONG)).isTrue();
        assertThat(read.toString(StandardCharsets.UTF_8).lines())
                .hasSize(kept + 2)
                .contains((lines - kept) + " lines are missing here, because nobody read them in time");
    }

    @Test
    void aBrokenReaderIsForgotten() {
        QueuedStream queue = QueuedStream.before(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("broken pipe");
            }
        });
        queue.write(LINE, 0, LINE.length);
        assertThat(queue.drain(LONG)).isTrue();
        queue.write(LINE, 0, LINE.length);
        assertThat(queue.drain(LONG)).isTrue();
    }
}

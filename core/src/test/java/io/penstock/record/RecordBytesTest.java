package io.penstock.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordBytesTest {

    private static final byte[] ARRAY = "[{\"a\":1}\n{\"b\":\"ü\"}\n,  {\"c\":3}\n]".getBytes(StandardCharsets.UTF_8);

    private static RecordBytes wrapped() {
        return RecordBytes.wrap(ARRAY, new int[] {1, 8, 9, 19, 23, 30, 99, 99}, 3, Shape.EMPTY);
    }

    @Test
    void findsRecordsByTheirBounds() {
        RecordBytes records = wrapped();
        assertThat(records.size()).isEqualTo(3);
        assertThat(records.text(0)).isEqualTo("{\"a\":1}");
        assertThat(records.text(1)).isEqualTo("{\"b\":\"ü\"}");
        assertThat(records.text(2)).isEqualTo("{\"c\":3}");
        assertThat(records.copy(2)).asString(StandardCharsets.UTF_8).isEqualTo("{\"c\":3}");
        assertThat(records.byteCount()).isEqualTo(8 + 11 + 8);
    }

    @Test
    void writesNeighboursInOnePiece() throws IOException {
        List<String> runs = new ArrayList<>();
        wrapped().runs((array, offset, length) -> runs.add(new String(array, offset, length, StandardCharsets.UTF_8)));
        assertThat(runs).containsExactly("{\"a\":1}\n{\"b\":\"ü\"}\n", "{\"c\":3}\n");
    }

    @Test
    void aCopyIsTheReceiversOwn() {
        RecordBytes records = RecordBytes.ofLines(Shape.EMPTY, "{}");
        records.copy(0)[0] = 'x';
        assertThat(records.text(0)).isEqualTo("{}");
    }

    @Test
    void linesBecomeOneRun() throws IOException {
        RecordBytes records = RecordBytes.ofLines(Shape.EMPTY, "{\"a\":\"ü\"}", "{}", "[]");
        List<Integer> lengths = new ArrayList<>();
        records.runs((array, offset, length) -> lengths.add(length));
        assertThat(lengths).containsExactly((int) records.byteCount());
        assertThat(records.text(2)).isEqualTo("[]");
    }

    @Test
    void noLineIsNoRecord() throws IOException {
        assertThat(RecordBytes.ofLines(Shape.EMPTY).size()).isZero();
        assertThat(RecordBytes.EMPTY.byteCount()).isZero();
        RecordBytes.EMPTY.runs((array, offset, length) -> {
            throw new IOException("nothing to write");
        });
    }

    @Test
    void refusesARecordWithoutItsLineFeed() {
        byte[] array = "{}\n{}".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> RecordBytes.wrap(array, new int[] {0, 2, 3, 5}, 2, Shape.EMPTY))
                .hasMessageContaining("record 1 is not followed by a line feed");
        assertThatThrownBy(() -> RecordBytes.wrap(array, new int[] {0, 1}, 1, Shape.EMPTY))
                .hasMessageContaining("record 0");
    }
}

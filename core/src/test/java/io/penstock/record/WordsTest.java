package io.penstock.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {

    private static final StreamId STREAM = StreamId.of("shop", "orders");
    private static final SliceId SLICE = STREAM.slice("2026/10");

    @Test
    void namesReadFromTheOutsideIn() {
        assertThat(SLICE).hasToString("shop/orders/2026/10");
        assertThat(SLICE.stream().connection()).hasToString("shop");
        assertThat(Slice.of(SLICE)).isEqualTo(new Slice(SLICE, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb", "a\0", "\u0085"})
    void refusesNamesThatCannotBeShown(String name) {
        assertThatThrownBy(() -> new ConnectionId(name)).hasMessageContaining("a connection's name must be 1 to 512");
        assertThatThrownBy(() -> StreamId.of("shop", name)).hasMessageContaining("a stream's name");
        assertThatThrownBy(() -> STREAM.slice(name)).hasMessageContaining("a slice's key");
    }

    @Test
    void refusesNamesThatAreTooLong() {
        assertThat(new ConnectionId("x".repeat(512)).name()).hasSize(512);
        assertThatThrownBy(() -> new ConnectionId("x".repeat(513))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesACursorThatIsTooLong() {
        assertThat(new Cursor("x".repeat(Cursor.LONGEST)).text()).hasSize(Cursor.LONGEST);
        String longer = "x".repeat(Cursor.LONGEST + 1);
        assertThatThrownBy(() -> new Cursor(longer)).hasMessageContaining("at most " + Cursor.LONGEST);
    }

    @Test
    void onlyTheEndOfAPageCarriesACursor() {
        Optional<Cursor> cursor = Optional.of(new Cursor("{}"));
        assertThat(Batch.ofPage(SLICE, 3, RecordBytes.EMPTY, cursor))
                .isEqualTo(new Batch(SLICE, 3, 1, RecordBytes.EMPTY, cursor, true));
        assertThatThrownBy(() -> new Batch(SLICE, 0, 1, RecordBytes.EMPTY, cursor, false))
                .hasMessageContaining("last batch");
        assertThatThrownBy(() -> new Batch(SLICE, -1, 1, RecordBytes.EMPTY, cursor, true))
                .hasMessageContaining("page must be");
        assertThatThrownBy(() -> new Batch(SLICE, 0, 0, RecordBytes.EMPTY, cursor, true))
                .hasMessageContaining("attempt >= 1");
    }

    @Test
    void shapesAddUpInTheOrderFirstSeen() {
        Shape one = new Shape(ordered("z", Shape.TEXT, "a", Shape.LONG));
        Shape two = new Shape(ordered("a", Shape.NULL, "b", Shape.ARRAY));
        Shape both = one.and(two);
        assertThat(both.fields())
                .containsExactly(
                        Map.entry("z", Shape.TEXT),
                        Map.entry("a", Shape.LONG | Shape.NULL),
                        Map.entry("b", Shape.ARRAY));
        assertThat(one.and(Shape.EMPTY)).isSameAs(one);
        assertThat(Shape.EMPTY.and(one)).isEqualTo(one);
        assertThat(one.fields()).hasSize(2);
        assertThatThrownBy(() -> one.fields().put("c", 1)).isInstanceOf(UnsupportedOperationException.class);
    }

    private static Map<String, Integer> ordered(String first, int kind, String second, int other) {
        Map<String, Integer> fields = new LinkedHashMap<>();
        fields.put(first, kind);
        fields.put(second, other);
        return fields;
    }

    @Test
    void aStreamWithACursorFieldIsIncremental() {
        StreamInfo plain = StreamInfo.of(STREAM);
        assertThat(plain.incremental()).isFalse();
        assertThat(plain.resume()).isEqualTo(Resume.NONE);
        StreamInfo changing = new StreamInfo(
                STREAM,
                Optional.empty(),
                List.of("id"),
                Optional.of("updated_at"),
                Optional.empty(),
                Resume.RECORD_CURSOR);
        assertThat(changing.incremental()).isTrue();
    }
}

package io.penstock.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PointerTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/a", "/a/b/0", "/a~1b", "/m~0n", "/ ", "//", "/~01", "/k\"l", "/ü"})
    void writesWhatItReads(String text) {
        assertThat(Pointer.of(text)).hasToString(text);
    }

    @Test
    void unescapesSegments() {
        assertThat(Pointer.of("/a~1b/~01/x").segments()).containsExactly("a/b", "~1", "x");
        assertThat(Pointer.of("/").segments()).containsExactly("");
        assertThat(Pointer.of("")).isSameAs(Pointer.ROOT);
        assertThat(Pointer.of("/a/").depth()).isEqualTo(2);
    }

    @Test
    void refusesWhatIsNoPointer() {
        assertThatThrownBy(() -> Pointer.of("data")).hasMessageContaining("such as /data");
        for (String text : List.of("/~", "/a~2", "/~1~", "/ab~/c")) {
            assertThatThrownBy(() -> Pointer.of(text)).as(text).hasMessageContaining("~0");
        }
    }

    @Test
    void aChildLeavesItsParentAsItIs() {
        Pointer parent = Pointer.of("/a");
        assertThat(parent.child("b/c")).hasToString("/a/b~1c");
        assertThat(parent).hasToString("/a");
        List<String> segments = new ArrayList<>(List.of("x"));
        Pointer copied = new Pointer(segments);
        segments.add("y");
        assertThat(copied.depth()).isEqualTo(1);
    }

    @Test
    void findsValues() {
        Values values = new Values(Map.of(Pointer.of("/next"), "abc"));
        assertThat(values.at(Pointer.of("/next"))).contains("abc");
        assertThat(values.at(Pointer.of("/none"))).isEmpty();
        assertThat(Values.NONE.at(Pointer.ROOT)).isEmpty();
    }
}

package io.penstock.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.error.BadAnswer.UnexpectedContent;
import io.penstock.record.RecordBytes;
import io.penstock.record.Shape;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecordPathTest {

    private static final RecordBytes EDGES = RecordBytes.ofLines(
            Shape.EMPTY,
            "{\"cursor\":\"a\",\"node\":{\"id\":1,\"n\":{\"x\":\"}\"}}}",
            "{\"cursor\":\"b\",\"node\":null}",
            "{\"cursor\":\"c\"}",
            "{\"node\":{\"id\":2},\"cursor\":\"d\"}");

    @Test
    void aPlainPointerHasTheElementsAsRecords() {
        RecordPath path = RecordPath.of("/data/items");
        assertThat(path.array()).hasToString("/data/items");
        assertThat(path.within(EDGES)).isSameAs(EDGES);
        assertThat(RecordPath.of("").array().depth()).isZero();
    }

    @Test
    void aStarLeadsIntoEachElement() {
        RecordPath path = RecordPath.of("/data/edges/*/node");
        assertThat(path.array()).hasToString("/data/edges");
        RecordBytes nodes = path.within(EDGES);
        assertThat(IntStream.range(0, nodes.size()).mapToObj(nodes::text))
                .containsExactly("{\"id\":1,\"n\":{\"x\":\"}\"}}", "{\"id\":2}");
        assertThat(nodes.shape().fields()).containsOnlyKeys("id", "n");
    }

    @Test
    void severalNamesLeadFurtherDown() {
        RecordBytes deep = RecordPath.of("/edges/*/node/n").within(EDGES);
        assertThat(deep.size()).isOne();
        assertThat(deep.text(0)).isEqualTo("{\"x\":\"}\"}");
    }

    @Test
    void noElementWithTheNameIsAnError() {
        assertThatThrownBy(() -> RecordPath.of("/edges/*/nodes").within(EDGES))
                .isInstanceOf(UnexpectedContent.class)
                .hasMessageContaining("'nodes'");
        assertThat(RecordPath.of("/edges/*/nodes").within(RecordBytes.EMPTY).size())
                .isZero();
    }

    @Test
    void oneStarOnlyAndNotAtTheEnd() {
        assertThatIllegalArgumentException().isThrownBy(() -> RecordPath.of("/a/*"));
        assertThatIllegalArgumentException().isThrownBy(() -> RecordPath.of("/a/*/b/*/c"));
        assertThatIllegalArgumentException().isThrownBy(() -> RecordPath.of("a"));
    }
}

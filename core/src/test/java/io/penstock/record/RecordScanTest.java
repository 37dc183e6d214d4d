package io.penstock.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RecordScanTest {

    private static final List<String> FIELDS = List.of("id", "näme", "tags", "");

    private final RecordScan scan = RecordScan.of(FIELDS);

    /** The values found, as they are written; a hyphen for none. */
    private List<String> found(String line) {
        byte[] bytes = ("{}\n" + line + "\n").getBytes(StandardCharsets.UTF_8);
        assertThat(scan.scan(bytes, 3)).isEqualTo(line.strip().startsWith("{"));
        List<String> values = new ArrayList<>();
        for (int i = 0; i < FIELDS.size(); i++) {
            values.add(
                    scan.has(i)
                            ? new String(bytes, scan.start(i), scan.end(i) - scan.start(i), StandardCharsets.UTF_8)
                            : "-");
        }
        return values;
    }

    @Test
    void fieldsInOrderAreFound() {
        assertThat(found("{\"id\":1,\"näme\":\"x\",\"tags\":[1,{\"id\":2}],\"\":true}"))
                .containsExactly("1", "\"x\"", "[1,{\"id\":2}]", "true");
    }

    @Test
    void fieldsInAnyOtherOrderAreFoundAmongOthers() {
        assertThat(found("{\"o\":{\"id\":9},\"tags\":[],\"q\":\"id\\\":\",\"id\":-1.5e3}"))
                .containsExactly("-1.5e3", "-", "[]", "-");
        assertThat(found("{\"näme\":\"}\\\\\",\"id\":7}")).containsExactly("7", "\"}\\\\\"", "-", "-");
    }

    @Test
    void namesMayBeWrittenWithEscapes() {
        assertThat(found("{\"\\u0069d\":1,\"n\\u00e4me\":2}")).containsExactly("1", "2", "-", "-");
    }

    @Test
    void nullIsNoValue() {
        assertThat(found("{\"id\":null,\"näme\":\"null\"}")).containsExactly("-", "\"null\"", "-", "-");
    }

    @Test
    void blanksBetweenTokensAreSkipped() {
        assertThat(found("{ \"id\" : 1 ,\t\"tags\" : [ ] }")).containsExactly("1", "-", "[ ]", "-");
        assertThat(found("{ }")).containsOnly("-");
    }

    @Test
    void aRecordThatIsNoObjectHasNoField() {
        for (String line : List.of("5", "\"{\"", "[{\"id\":1}]", "null")) {
            assertThat(found(line)).containsOnly("-");
        }
    }
}

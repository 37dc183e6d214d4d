package io.penstock.testkit.model.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.testkit.model.record.ModelStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SelectionTest {

    private static final Dataset DATA = new Dataset(5, 4000);
    private static final long DAY = 86_400_000L;
    private static final long SECOND_YEAR = 1_767_225_600_000L;

    static Stream<Filter> filters() {
        return Stream.of(
                Filter.NONE,
                Filter.NONE.since(0),
                Filter.NONE.since(SECOND_YEAR),
                Filter.NONE.since(SECOND_YEAR + DAY),
                Filter.NONE.since(SECOND_YEAR + 99 * DAY),
                Filter.NONE.facet(3),
                Filter.NONE.facet(3).since(SECOND_YEAR),
                Filter.NONE.facet(13),
                Filter.NONE.created(SECOND_YEAR - 200 * DAY, SECOND_YEAR - 190 * DAY),
                Filter.NONE.created(SECOND_YEAR - DAY, SECOND_YEAR));
    }

    @ParameterizedTest
    @MethodSource("filters")
    void findsEveryPositionAndEveryNextAsAPlainLoopDoes(Filter filter) {
        RecordReader reader = DATA.reader(ModelStream.ORDERS, 3);
        List<Integer> expected = new ArrayList<>();
        for (int index = 0; index < reader.born(); index++) {
            reader.load(index);
            if (reader.matches(filter)) {
                expected.add(index);
            }
        }
        Selection selection = DATA.select(ModelStream.ORDERS, 3, filter);
        assertThat(selection.total()).isEqualTo(expected.size());
        for (int position = 0; position < expected.size(); position++) {
            assertThat(selection.at(position, reader)).isEqualTo(expected.get(position));
        }
        assertThat(selection.at(expected.size(), reader)).isEqualTo(-1);
        int at = 0;
        for (int index = 0; index < reader.born(); index++) {
            at += at < expected.size() && expected.get(at) < index ? 1 : 0;
            assertThat(selection.next(index, reader)).isEqualTo(at < expected.size() ? expected.get(at) : -1);
        }
    }
}

package io.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.cli.view.Bars;
import io.penstock.observe.RetryCause;
import io.penstock.observe.WaitReason;
import io.penstock.record.ConnectionId;
import io.penstock.record.StreamId;
import io.penstock.runner.summary.Counts;
import io.penstock.runner.summary.Sifted;
import io.penstock.runner.summary.Slices;
import io.penstock.runner.summary.StreamReport;
import io.penstock.runner.summary.StreamReport.State;
import io.penstock.runner.summary.Times;
import io.penstock.sink.WriteMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class BarsTest {

    private final Bars bars = new Bars(false);

    private static StreamReport stream(String name, State state, Slices slices) {
        return new StreamReport(
                new StreamId(new ConnectionId("shop"), name),
                WriteMode.UPSERT,
                true,
                state,
                new Counts(13_000, 5_700_000, 0, 0, 9, Map.of(RetryCause.SERVER, 1L), 0, 0, 0, Sifted.NONE),
                slices,
                new Times(Duration.ofSeconds(10), Duration.ofSeconds(10), Map.of(), Optional.of(WaitReason.SERVER)));
    }

    @Test
    void aStreamOfSlicesIsAsFullAsItsSlicesAreDone() {
        StreamReport orders = stream("orders", State.RUNNING, new Slices(12, true, 3, 0));

        assertThat(bars.lines(List.of(orders), 10))
                .containsExactly("shop/orders  ####............       13,000 rows    5.7 MB    1,300/s"
                        + "  waiting for server, 3 of 12 slices done");
    }

    @Test
    void aStreamOfOneSliceHasABlockThatWanders() {
        List<StreamReport> one = List.of(stream("orders", State.RUNNING, new Slices(1, true, 0, 0)));

        String first = bars.lines(one, 10).get(0);
        String second = bars.lines(one, 10).get(0);

        assertThat(first).contains(".####.").isNotEqualTo(second);
    }

    @Test
    void aStreamThatIsDoneIsFull() {
        assertThat(bars.lines(List.of(stream("orders", State.DONE, new Slices(1, true, 1, 0))), 10)
                        .get(0))
                .contains("################")
                .endsWith("  done");
    }

    @Test
    void whatDoesNotFitIsCounted() {
        StreamReport running = stream("b", State.RUNNING, new Slices(1, true, 0, 0));
        StreamReport done = stream("a", State.DONE, new Slices(1, true, 1, 0));

        List<String> lines = bars.lines(List.of(done, done, running), 2);

        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).startsWith("shop/b");
        assertThat(lines.get(1)).isEqualTo("and 2 more streams, 2 of all are over");
    }

    @Test
    void aPlainLineTellsTheSame() {
        assertThat(Bars.plain(stream("orders", State.RUNNING, new Slices(1, true, 0, 0))))
                .isEqualTo("shop/orders: 13,000 rows, 5.7 MB, 1,300/s, waiting for server");
    }
}

package io.penstock.runner.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.error.BadAnswer.LimitExceeded;
import io.penstock.record.Resume;
import io.penstock.record.Slice;
import io.penstock.runner.slice.Sieve;
import io.penstock.runner.slice.StreamRun;
import io.penstock.sink.CommitCadence;
import io.penstock.sink.WriteMode;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

class SliceListTest {

    private final StreamRun stream = new StreamRun(
            Rig.info(Rig.ORDERS, true, true, Resume.NONE),
            WriteMode.UPSERT,
            new CommitCadence(1, 1, Duration.ofSeconds(1)),
            Optional.empty(),
            Sieve.open(),
            VirtualTimeScheduler.create());
    private final SliceList list = new SliceList(stream);

    @Test
    void takesAHundredThousandAndNotOneMore() {
        for (int i = 0; i < SliceList.MOST; i++) {
            list.add(Slice.of(Rig.ORDERS.slice("s" + i)));
        }
        assertThat(stream.report().slices().known()).isEqualTo(100_000);
        assertThatThrownBy(() -> list.add(Slice.of(Rig.ORDERS.slice("more")))).isInstanceOf(LimitExceeded.class);
    }

    @Test
    void refusesASliceThatWasListedBefore() {
        list.add(Slice.of(Rig.ALL));
        assertThatThrownBy(() -> list.add(Slice.of(Rig.ALL)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("shop/orders/all twice");
        assertThat(stream.report().slices().known()).isEqualTo(1);
    }
}

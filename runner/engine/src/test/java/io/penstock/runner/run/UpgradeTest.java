package io.penstock.runner.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.error.StateFailure.StateCorrupt;
import io.penstock.record.Cursor;
import io.penstock.runner.summary.RunSummary;
import io.penstock.sink.Committed;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A source in its second release: cursors of the first one are {@code page=N}, its own are {@code N}. */
class UpgradeTest {

    private final Rig rig = new Rig();

    @BeforeEach
    void aSourceInItsSecondRelease() {
        rig.orders().pages(4, 2);
        rig.source.upgrade = saved -> {
            if (saved.text().startsWith("page=")) {
                return new Cursor(saved.text().substring("page=".length()));
            }
            if (saved.text().startsWith("v3:")) {
                throw new StateCorrupt(
                        "the saved cursor is of a newer release (expected 2, found 3): use that release, or reset"
                                + " the stream's state");
            }
            return saved;
        };
    }

    @AfterEach
    void giveTimeBack() {
        rig.close();
    }

    private void saved(String cursor) {
        rig.store.state.put(Rig.ALL, new Committed(1, Optional.of(new Cursor(cursor))));
    }

    @Test
    void aCursorOfTheReleaseBeforeIsUpgradedAndReadingGoesOnThere() {
        saved("page=3");

        RunSummary summary = rig.run(10_000);

        assertThat(summary.exitCode()).isZero();
        assertThat(rig.source.reads).containsExactly(Rig.ALL + " from 3");
        assertThat(rig.store.cursorOf(Rig.ALL)).isEqualTo("4");
        assertThat(rig.store.rowsOf(Rig.ORDERS)).hasSize(2);
    }

    @Test
    void aCursorOfThisReleaseIsTakenAsItIs() {
        saved("2");

        assertThat(rig.run(10_000).exitCode()).isZero();
        assertThat(rig.source.reads).containsExactly(Rig.ALL + " from 2");
    }

    @Test
    void aCursorOfALaterReleaseParksTheSliceAndChangesNothing() {
        saved("v3:3");

        RunSummary summary = rig.run(10_000);

        assertThat(summary.exitCode()).isEqualTo(73);
        assertThat(summary.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.code()).isEqualTo("StateCorrupt");
            assertThat(failure.message()).contains("use that release, or reset");
            assertThat(failure.place().stream()).contains("shop/orders");
        });
        assertThat(rig.source.reads).isEmpty();
        assertThat(rig.store.cursorOf(Rig.ALL)).isEqualTo("v3:3");
    }
}

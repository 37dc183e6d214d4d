package io.penstock.page;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.error.BadAnswer.LimitExceeded;
import io.penstock.error.BadAnswer.PaginationLoop;
import io.penstock.record.RecordBytes;
import io.penstock.record.Shape;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LoopGuardTest {

    private static final Paging CURSOR = Paging.cursor("/next", "cursor");
    private static final Paging OFFSET = Paging.offset("offset", "limit", 1);

    private static void page(LoopGuard guard, String next, String... lines) {
        if (lines.length > 0) {
            guard.batch(RecordBytes.ofLines(Shape.EMPTY, lines));
        }
        guard.pageEnds(Optional.of(next));
    }

    @Test
    void aTokenThatRepeatsIsALoop() {
        LoopGuard guard = LoopGuard.of(CURSOR, Optional.empty(), WalkLimits.DEFAULT);
        page(guard, "a", "1");
        page(guard, "b", "2");
        assertThatThrownBy(() -> page(guard, "a", "3"))
                .isInstanceOf(PaginationLoop.class)
                .hasMessageContaining("page 3");
    }

    @Test
    void theTokenAWalkStartedFromCountsToo() {
        LoopGuard guard = LoopGuard.of(CURSOR, Optional.of("a"), WalkLimits.DEFAULT);
        assertThatThrownBy(() -> page(guard, "a", "1")).isInstanceOf(PaginationLoop.class);
    }

    @Test
    void theThirdPageWithTheSameRecordsIsALoop() {
        LoopGuard guard = LoopGuard.of(CURSOR, Optional.empty(), WalkLimits.DEFAULT);
        page(guard, "a", "0");
        page(guard, "b", "1", "2");
        page(guard, "c", "1", "2");
        assertThatThrownBy(() -> page(guard, "d", "1", "2")).isInstanceOf(PaginationLoop.class);
    }

    @Test
    void twoEqualPagesAndThenAnotherAreNone() {
        LoopGuard guard = LoopGuard.of(CURSOR, Optional.empty(), WalkLimits.DEFAULT);
        for (int i = 0; i < 20; i++) {
            page(guard, "t" + i, i % 3 == 2 ? "x" : "y");
        }
    }

    @Test
    void aPageReadAgainCountsOnce() {
        LoopGuard guard = LoopGuard.of(CURSOR, Optional.empty(), WalkLimits.DEFAULT);
        page(guard, "a", "1");
        page(guard, "b", "1");
        guard.batch(RecordBytes.ofLines(Shape.EMPTY, "1"));
        guard.discard();
        assertThatCode(() -> page(guard, "c", "2")).doesNotThrowAnyException();
    }

    @Test
    void tenEmptyPagesArePassedOverAndElevenAreNot() {
        LoopGuard guard = LoopGuard.of(CURSOR, Optional.empty(), WalkLimits.DEFAULT);
        for (int i = 0; i < 10; i++) {
            page(guard, "t" + i);
        }
        assertThatThrownBy(() -> page(guard, "t10")).isInstanceOf(LimitExceeded.class);
    }

    @Test
    void recordsStartTheCountOfEmptyPagesAnew() {
        LoopGuard guard = LoopGuard.of(CURSOR, Optional.empty(), WalkLimits.DEFAULT);
        for (int i = 0; i < 100; i++) {
            page(guard, "t" + i, i % 10 == 0 ? new String[] {"r" + i} : new String[0]);
        }
    }

    @Test
    void numbersMustGrow() {
        LoopGuard guard = LoopGuard.of(OFFSET, Optional.of("10"), WalkLimits.DEFAULT);
        page(guard, "11", "a");
        assertThatThrownBy(() -> page(guard, "11", "b"))
                .isInstanceOf(PaginationLoop.class)
                .hasMessageContaining("must grow");
    }

    @Test
    void aWalkHasAMostOfPages() {
        LoopGuard guard = LoopGuard.of(CURSOR, Optional.empty(), new WalkLimits(3, Long.MAX_VALUE));
        page(guard, "a", "1");
        page(guard, "b", "2");
        assertThatThrownBy(() -> page(guard, "c", "3")).isInstanceOf(LimitExceeded.class);
        LoopGuard ends = LoopGuard.of(CURSOR, Optional.empty(), new WalkLimits(1, Long.MAX_VALUE));
        assertThatCode(() -> ends.pageEnds(Optional.empty())).doesNotThrowAnyException();
    }

    @Test
    void onlyTheLastHundredThousandTokensAreRemembered() {
        LoopGuard guard = LoopGuard.of(CURSOR, Optional.empty(), WalkLimits.DEFAULT);
        for (int i = 0; i < 100_001; i++) {
            page(guard, "t" + i, "r" + i);
        }
        assertThatCode(() -> page(guard, "t0", "x")).doesNotThrowAnyException();
        assertThatThrownBy(() -> page(guard, "t100000", "y")).isInstanceOf(PaginationLoop.class);
    }
}

package io.penstock.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class DrainTest {

    private final Queue<Runnable> line = new ArrayDeque<>();
    private final List<String> served = new ArrayList<>();
    private final Drain drain = new Drain(() -> {
        for (Runnable next = line.poll(); next != null; next = line.poll()) {
            next.run();
        }
    });

    private void join(Runnable asker) {
        line.add(asker);
        drain.run();
    }

    @Test
    void whoAsksWhileOneIsServedIsServedBehindIt() {
        join(() -> {
            join(() -> served.add("second"));
            served.add("first");
        });
        assertThat(served).containsExactly("first", "second");
    }

    @Test
    void whoAskedWhileAnotherThrewIsServedAllTheSame() {
        assertThatThrownBy(() -> join(() -> {
                    join(() -> served.add("second"));
                    throw new AssertionError("blocked");
                }))
                .hasMessage("blocked");
        assertThat(served).containsExactly("second");
    }

    @Test
    void servesOnAfterOneHasThrown() {
        assertThatThrownBy(() -> join(() -> {
                    throw new IllegalStateException("thrown");
                }))
                .hasMessage("thrown");
        join(() -> served.add("next"));
        assertThat(served).containsExactly("next");
    }
}

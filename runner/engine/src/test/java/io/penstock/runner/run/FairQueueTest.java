package io.penstock.runner.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FairQueueTest {

    private final FairQueue<String, String> queue = new FairQueue<>();

    @Test
    void takesGroupsInTurnAndEachInItsOrder() {
        queue.add("a", "a1");
        queue.add("a", "a2");
        queue.add("a", "a3");
        queue.add("b", "b1");
        queue.add("c", "c1");
        assertThat(queue.poll()).isEqualTo("a1");
        assertThat(queue.poll()).isEqualTo("b1");
        queue.add("b", "b2");
        assertThat(queue.poll()).isEqualTo("c1");
        assertThat(queue.poll()).isEqualTo("a2");
        assertThat(queue.poll()).isEqualTo("b2");
        assertThat(queue.poll()).isEqualTo("a3");
        assertThat(queue.poll()).isNull();
    }
}

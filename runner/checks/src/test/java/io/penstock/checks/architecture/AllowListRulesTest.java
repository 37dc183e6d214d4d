package io.penstock.checks.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class AllowListRulesTest {

    @Test
    void anEntryCoversItsFindingAndNoOther() {
        AllowList list = new AllowList().allow("a", "because");

        assertThat(list.judge(List.of("a", "a"))).isEmpty();
        assertThat(list.judge(List.of("a", "b"))).containsExactly("b");
    }

    @Test
    void anEntryThatNothingNeedsIsAProblem() {
        assertThat(new AllowList().allow("a", "because").judge(List.of()))
                .containsExactly("stale exception, take it out: a");
    }

    @Test
    void anEntryWithoutAReasonIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new AllowList().allow("a", " "));
    }
}

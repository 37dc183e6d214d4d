package io.penstock.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;

/** Whatever stands in a Link field: an end, and at most a target that stood there. */
class LinkHeaderFuzzTest {

    @FuzzTest(maxDuration = "15s")
    void next(FuzzedDataProvider data) {
        String line = data.consumeRemainingAsString();
        LinkHeader.next(List.of(line)).ifPresent(target -> assertThat(line).contains("<", target, ">"));
        LinkHeader.next(List.of("<https://h/2>; rel=\"next\"", line))
                .ifPresent(target -> assertThat(target).isEqualTo("https://h/2"));
    }
}

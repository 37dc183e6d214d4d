package io.penstock.testkit.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.record.Slice;
import io.penstock.record.SliceId;
import io.penstock.record.StreamInfo;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How a stream is divided. */
public interface SliceContract extends SourceHooks {

    @Test
    default void slicesAreTheSameEachTimeAndHaveUniqueKeys() {
        withSource(source -> {
            for (StreamInfo info : Sources.streams(source)) {
                List<SliceId> once = Sources.sliceIds(source, info.id());
                assertThat(once).as("slices of %s", info.id()).isNotEmpty().doesNotHaveDuplicates();
                assertThat(Sources.sliceIds(source, info.id())).isEqualTo(once);
            }
        });
    }

    @Test
    default void slicesDoNotOverlap() {
        withSource(source -> {
            for (String name : streamNames(source)) {
                Set<String> all = new HashSet<>();
                for (Slice slice : Sources.slices(source, name)) {
                    Set<String> own = new HashSet<>(Sources.records(Sources.read(source, slice, Optional.empty())));
                    assertThat(Collections.disjoint(own, all))
                            .as("records of %s are in no slice before it", slice.id())
                            .isTrue();
                    all.addAll(own);
                }
            }
        });
    }
}

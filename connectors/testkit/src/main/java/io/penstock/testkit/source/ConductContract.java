package io.penstock.testkit.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.error.PenstockException;
import io.penstock.record.Slice;
import io.penstock.record.SliceId;
import io.penstock.record.StreamId;
import io.penstock.record.StreamInfo;
import io.penstock.source.Source;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/** What a source says of itself, and how it refuses. */
public interface ConductContract extends SourceHooks {

    @Test
    default void theProviderIntroducesItself() {
        assertThat(provider().name()).matches("[a-z][a-z0-9-]*");
        assertThat(provider().summary()).isNotBlank();
        assertThat(provider().settings()).allSatisfy(setting -> {
            assertThat(setting.name()).matches("[a-z][a-z0-9_]*");
            assertThat(setting.description()).as(setting.name()).endsWith(".");
        });
        assertThat(provider().settings().stream().map(s -> s.name())).doesNotHaveDuplicates();
    }

    @Test
    default void checkSucceedsMoreThanOnce() {
        withSource(source -> {
            StepVerifier.create(source.check()).expectComplete().verify(LIMIT);
            StepVerifier.create(source.check()).expectComplete().verify(LIMIT);
        });
    }

    @Test
    default void aRefusalIsATypedErrorOfCheckAndRead() {
        try (SourceRig rig = new SourceRig();
                Source willing = open(rig);
                Source source = refused(rig)) {
            StepVerifier.create(source.check())
                    .expectError(PenstockException.class)
                    .verify(LIMIT);
            StepVerifier.create(source.read(Sources.slice(willing, deepStream()), Optional.empty()))
                    .expectError(PenstockException.class)
                    .verify(LIMIT);
        }
    }

    @Test
    default void streamsHaveUniqueNamesAndSchemasThatParse() {
        withSource(source -> {
            List<StreamInfo> infos = Sources.streams(source);
            assertThat(infos.stream().map(info -> info.id().name()))
                    .isNotEmpty()
                    .doesNotHaveDuplicates();
            infos.forEach(info -> info.schema().ifPresent(schema -> Sources.requireSchema(info, schema)));
        });
    }

    @Test
    default void unknownStreamsAndSlicesAreRefused() {
        withSource(source -> {
            StreamId nobody = new StreamId(Sources.streams(source).get(0).id().connection(), "no such stream");
            assertThatThrownBy(() -> source.slices(nobody)).isInstanceOf(IllegalArgumentException.class);
            Slice slice = Slice.of(nobody.slice(SliceId.ALL));
            assertThatThrownBy(() -> source.read(slice, Optional.empty())).isInstanceOf(IllegalArgumentException.class);
        });
    }

    @Test
    default void closingTwiceIsHarmless() {
        try (SourceRig rig = new SourceRig()) {
            Source source = open(rig);
            source.close();
            source.close();
        }
    }
}

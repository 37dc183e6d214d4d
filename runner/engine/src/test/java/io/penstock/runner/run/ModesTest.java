package io.penstock.runner.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.error.BadConfig.ConfigError;
import io.penstock.record.Resume;
import io.penstock.record.StreamInfo;
import io.penstock.runner.plan.PlannedStream;
import io.penstock.sink.WriteMode;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModesTest {

    private static final Set<WriteMode> ALL = EnumSet.allOf(WriteMode.class);

    private static StreamInfo info(boolean key, boolean incremental) {
        return Rig.info(Rig.ORDERS, key, incremental, Resume.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "true, true, UPSERT, APPEND, UPSERT",
        "false, true, APPEND, APPEND, APPEND",
        "true, false, REPLACE, APPEND, UPSERT",
        "false, false, REPLACE, APPEND, APPEND"
    })
    void fitsTheStreamAndTheSink(
            boolean key, boolean incremental, WriteMode all, WriteMode appendOnly, WriteMode noReplace) {
        PlannedStream any = PlannedStream.of("orders");
        StreamInfo info = info(key, incremental);
        assertThat(Modes.choose(info, any, ALL, false)).isEqualTo(all);
        assertThat(Modes.choose(info, any, EnumSet.of(WriteMode.APPEND), false)).isEqualTo(appendOnly);
        assertThat(Modes.choose(info, any, EnumSet.of(WriteMode.APPEND, WriteMode.UPSERT), false))
                .isEqualTo(noReplace);
    }

    @Test
    void refusesAWishTheSinkDoesNotOffer() {
        PlannedStream upsert = new PlannedStream("orders", Optional.of(WriteMode.UPSERT), Optional.empty());
        assertThatThrownBy(() -> Modes.choose(info(true, true), upsert, EnumSet.of(WriteMode.APPEND), false))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("the sink offers append");
        assertThatThrownBy(() -> Modes.choose(info(false, true), upsert, ALL, false))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("no primary key");
    }

    @Test
    void aFullRefreshReplacesWhereItCan() {
        PlannedStream any = PlannedStream.of("orders");
        assertThat(Modes.choose(info(true, true), any, ALL, true)).isEqualTo(WriteMode.REPLACE);
        assertThat(Modes.choose(info(true, true), any, EnumSet.of(WriteMode.UPSERT, WriteMode.APPEND), true))
                .isEqualTo(WriteMode.UPSERT);
    }
}

package io.penstock.sinks.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.sinks.postgres.Times.Fit;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TimesTest {

    @ParameterizedTest
    @CsvSource({
        "2026-01-31T12:00:00Z, EXACT, AS_TEXT",
        "2026-01-31 12:00, EXACT, AS_TEXT",
        "2026-01-31t12:00:00.123456z, EXACT, AS_TEXT",
        "2026-01-31T12:00:00.123456000+05:30, EXACT, AS_TEXT",
        "2026-01-31T12:00:00.1234567Z, AS_TEXT, AS_TEXT",
        "2026-01-31T23:59:59+15:59, EXACT, AS_TEXT",
        "2026-01-31T23:59:59+16:00, AS_TEXT, AS_TEXT",
        "2016-12-31T23:59:60Z, AS_TEXT, AS_TEXT",
        "2016-12-31T24:00:00Z, AS_TEXT, AS_TEXT",
        "2016-12-31T25:00:00Z, NONE, NONE",
        "2016-12-31T12:60:00Z, NONE, NONE",
        "2016-12-31T12:00:61Z, NONE, NONE",
        "2026-01-31, EXACT, EXACT",
        "2024-02-29, EXACT, EXACT",
        "2026-02-29, NONE, NONE",
        "0000-01-01, AS_TEXT, AS_TEXT",
        "0001-01-01, EXACT, EXACT",
        "0000-00-00, NONE, NONE",
        "'', NONE, NONE",
        "now, NONE, NONE",
        "infinity, NONE, NONE",
        "2026-1-3, NONE, NONE",
        "20260131, NONE, NONE",
        "2026-01-31T12:00:00 PST, NONE, NONE",
    })
    void onlyWhatReadsBackTheSameIsTaken(String text, Fit asTimestamp, Fit asDate) {
        assertThat(judge(text, ColumnType.TIMESTAMP)).isEqualTo(asTimestamp);
        assertThat(judge(text, ColumnType.DATE)).isEqualTo(asDate);
    }

    private static Fit judge(String text, ColumnType type) {
        byte[] bytes = ("\"" + text + "\"").getBytes(StandardCharsets.UTF_8);
        return Times.judge(bytes, 1, bytes.length - 1, type);
    }
}

package io.penstock.testkit.model.record;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.stream.IntStream;

/** The calendar of the model: it begins on 2025-01-01 UTC and ends some years later. Instants are epoch milliseconds. */
public final class Dates {

    /** Milliseconds of one day. */
    public static final long DAY = 86_400_000L;

    /** 2025-01-01T00:00:00.000Z, the first instant of the model. */
    public static final long START = instantOf(2025, 1, 1);

    /** 2026-01-01T00:00:00.000Z, the first instant of revision 2. */
    public static final long SECOND_YEAR = instantOf(2026, 1, 1);

    // Written out once: a calendar lookup per date would cost more than the rest of a record.
    private static final byte[][] DAYS = IntStream.range(0, 1800)
            .mapToObj(day -> Bytes.utf8(LocalDate.of(2025, 1, 1).plusDays(day).toString()))
            .toArray(byte[][]::new);

    private Dates() {}

    private static long instantOf(int year, int month, int day) {
        return LocalDate.of(year, month, day)
                .atStartOfDay()
                .toInstant(ZoneOffset.UTC)
                .toEpochMilli();
    }

    /** The ISO date of an instant; its bytes are shared, do not change them. */
    static byte[] day(long epochMillis) {
        return DAYS[(int) ((epochMillis - START) / DAY)];
    }

    /** The month, 1 to 12, of an instant. */
    static int month(long epochMillis) {
        byte[] day = day(epochMillis);
        return (day[5] - '0') * 10 + day[6] - '0';
    }
}

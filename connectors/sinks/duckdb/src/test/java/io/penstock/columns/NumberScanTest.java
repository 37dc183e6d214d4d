package io.penstock.columns;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.record.RecordBytes;
import io.penstock.record.Shape;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class NumberScanTest {

    private static NumberScan scanned(String line) throws IOException {
        NumberScan scan = new NumberScan();
        scan.scan(RecordBytes.ofLines(Shape.EMPTY, line));
        return scan;
    }

    @Test
    void numbersThatReadBackAsTheyWereAreExact() throws IOException {
        for (String number : new String[] {
            "0.1", "19.99", "0.30000000000000004", "1e300", "1.10", "-0.0", "100000000000000000000.0", "8.41e121"
        }) {
            assertThat(scanned("{\"a\":" + number + "}").inexact()).as(number).isEmpty();
        }
    }

    @Test
    void numbersThatWouldBeRoundedAreFoundAtAnyDepth() throws IOException {
        for (String number : new String[] {
            "0.1234567890123456789", "12345678901234567.125", "1e400", "1e-400", "-1E+999", "0.10000000000000000001"
        }) {
            assertThat(scanned("{\"a\":" + number + "}").inexact()).as(number).containsExactly("a");
            assertThat(scanned("{\"t\":1,\"a\":[{\"b\":" + number + "}]}").inexact())
                    .as(number)
                    .containsExactly("a");
        }
    }

    @Test
    void digitsInTextAreNoNumbers() throws IOException {
        assertThat(scanned("{\"a\":\"0.1234567890123456789\",\"b\":\", 1e400 \"}")
                        .inexact())
                .isEmpty();
    }

    @Test
    void integersBeyondWhatADoubleHoldsAreWide() throws IOException {
        assertThat(scanned("{\"a\":9007199254740992}").wide()).isEmpty();
        assertThat(scanned("{\"a\":9007199254740993}").wide()).containsExactly("a");
        assertThat(scanned("{\"a\":-9007199254740993}").wide()).containsExactly("a");
    }

    @Test
    void noRoundedNumberIsPassedOverWhereverItStands() throws IOException {
        long seed = 20260131;
        Random random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            String number = random.nextInt(1_000) + "." + Math.abs(random.nextLong()) + random.nextInt(1_000);
            boolean exact =
                    new BigDecimal(number).compareTo(new BigDecimal(Double.toString(Double.parseDouble(number)))) == 0;
            String line = "{\"" + "k".repeat(random.nextInt(12)) + "\":\"" + "x".repeat(random.nextInt(12))
                    + "\",\"a\":" + number + "}";
            assertThat(scanned(line).inexact().contains("a"))
                    .as("seed %d, %s", seed, line)
                    .isEqualTo(!exact);
        }
    }
}

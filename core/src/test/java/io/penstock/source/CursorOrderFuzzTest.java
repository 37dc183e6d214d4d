package io.penstock.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Whatever cursors come: one order, from both sides, of texts and of bytes in a page. */
class CursorOrderFuzzTest {

    @FuzzTest(maxDuration = "15s")
    void order(FuzzedDataProvider data) {
        String one = data.consumeString(40);
        String other = data.consumeBoolean() ? likewise(one, data) : data.consumeRemainingAsString();
        int order = Integer.signum(ValueOrder.compare(one, other));
        assertThat(Integer.signum(ValueOrder.compare(other, one))).isEqualTo(-order);
        assertThat(ValueOrder.compare(one, one)).isZero();
        byte[] page = (one + other).getBytes(StandardCharsets.UTF_8);
        int seam = one.getBytes(StandardCharsets.UTF_8).length;
        assertThat(Integer.signum(ValueOrder.compare(page, 0, seam, page, seam, page.length)))
                .isEqualTo(Integer.signum(ValueOrder.compare(utf8(page, 0, seam), utf8(page, seam, page.length))));
    }

    /** The same text with other digits: how most cursors of one stream differ. */
    private static String likewise(String text, FuzzedDataProvider data) {
        StringBuilder other = new StringBuilder(text);
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= '0' && text.charAt(i) <= '9') {
                other.setCharAt(i, (char) ('0' + data.consumeInt(0, 9)));
            }
        }
        return other.toString();
    }

    private static String utf8(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
}

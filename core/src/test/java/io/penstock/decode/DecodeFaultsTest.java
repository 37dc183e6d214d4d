package io.penstock.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.record.Pointer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What must not get through, each with its type; rows D2 to D6. */
class DecodeFaultsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[NaN]",
                "[Infinity]",
                "[-Infinity]",
                "[+1]",
                "[01]",
                "[-]",
                "[1.]",
                "[.5]",
                "[1e]",
                "[1e+]",
                "[0x1]",
                "[-01]",
                "[1,]",
                "[,1]",
                "[1 2]",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{,}",
                "{a:1}",
                "{'a':1}",
                "[}",
                "{]",
                "[1",
                "{\"a\":1",
                "[\"a]",
                "[\"\\x\"]",
                "[\"\\u12g4\"]",
                "[\"\\u12\"]",
                "[tru]",
                "[truee]",
                "[nul",
                "[True]",
                "]",
                "}",
                ",",
                "[1]]",
                "[1][2]",
                "[1] x",
                "/*c*/[1]",
                "[1]//",
                "[\"\t\"]",
                "[\"\u0000\"]",
                "[\u00a01]",
                "\u000b[1]",
                "[\"\\ud800\\u00zz\"]"
            })
    void brokenGrammarIsMalformed(String document) {
        assertThat(Decoded.of(document, "").failure()).as(document).startsWith("MalformedPayload");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80", "bf", "c0 80", "c1 bf", "e0 80 80", "e0 9f bf", "ed a0 80", "ed bf bf", "f0 80 80 80",
                        "f0 8f bf bf",
                "f4 90 80 80", "f5 80 80 80", "ff", "fe", "c3", "c3 22", "e2 82", "e2 28 a1", "f0 9f 98", "f0 9f 98 28"
            })
    void badUtf8IsMalformedInValuesAndNames(String hex) {
        byte[] bad = HexFormat.of().parseHex(hex.replace(" ", ""));
        assertThat(failure("[\"", bad, "\"]")).as(hex).startsWith("MalformedPayload");
        assertThat(failure("[{\"", bad, "\":1}]")).as(hex).startsWith("MalformedPayload");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7f",
                "c2 80",
                "df bf",
                "e0 a0 80",
                "ed 9f bf",
                "ee 80 80",
                "ef bf bf",
                "f0 90 80 80",
                "f4 8f bf bf"
            })
    void theEdgesOfUtf8AreGood(String hex) {
        byte[] good = HexFormat.of().parseHex(hex.replace(" ", ""));
        assertThat(failure("[\"", good, "\"]")).as(hex).isEmpty();
    }

    private static String failure(String before, byte[] middle, String behind) {
        byte[] head = before.getBytes(StandardCharsets.UTF_8);
        byte[] tail = behind.getBytes(StandardCharsets.UTF_8);
        byte[] document = Arrays.copyOf(head, head.length + middle.length + tail.length);
        System.arraycopy(middle, 0, document, head.length, middle.length);
        System.arraycopy(tail, 0, document, head.length + middle.length, tail.length);
        return Decoded.whole(Decoded.json(""), document).failure();
    }

    @Test
    void markupAndNothingAreUnexpected() {
        assertThat(Decoded.of(" <!DOCTYPE html>", "").failure())
                .startsWith("UnexpectedContent")
                .contains("HTML");
        assertThat(Decoded.of(" \n", "").failure())
                .startsWith("UnexpectedContent")
                .contains("empty");
        assertThat(Decoded.of("", "").failure()).startsWith("UnexpectedContent");
        assertThat(Decoded.of("\uFEFF", "").failure()).startsWith("UnexpectedContent");
    }

    @Test
    void aByteOrderMarkIsDroppedOnceAndOnlyAtTheStart() {
        assertThat(Decoded.of("\uFEFF[1]", "").lines()).containsExactly("1");
        assertThat(Decoded.of("\uFEFF\uFEFF[1]", "").failure()).startsWith("MalformedPayload");
        assertThat(Decoded.of(" \uFEFF[1]", "").failure()).startsWith("MalformedPayload");
    }

    @Test
    void theDefaultLimitsHoldOnBothSidesOfTheirEdges() {
        assertThat(Decoded.of("[".repeat(100) + "]".repeat(100), "").failure()).isEmpty();
        assertThat(Decoded.of("[".repeat(101) + "]".repeat(101), "").failure()).startsWith("LimitExceeded");
        assertThat(Decoded.of("[".repeat(1_000_000), "").failure()).startsWith("LimitExceeded");
        assertThat(Decoded.of("[{\"" + "n".repeat(8192) + "\":1}]", "").failure())
                .isEmpty();
        assertThat(Decoded.of("[{\"" + "n".repeat(8193) + "\":1}]", "").failure())
                .startsWith("LimitExceeded");
        assertThat(Decoded.of("[" + "1".repeat(1000) + "]", "").failure()).isEmpty();
        assertThat(Decoded.of("[" + "1".repeat(1001) + "]", "").failure()).startsWith("RecordRejected");
        assertThat(Decoded.of("[0." + "1".repeat(999) + "]", "").failure()).isEmpty();
        assertThat(Decoded.of("[0." + "1".repeat(1000) + "]", "").failure()).startsWith("RecordRejected");
        assertThat(Decoded.of(fields("{", 10_000), "").failure()).isEmpty();
        assertThat(Decoded.of(fields("{", 10_001), "").failure()).startsWith("LimitExceeded");
        assertThat(Decoded.of("[" + fields("{\"deep\":{", 10_000) + "}]", "").failure())
                .isEmpty();
        assertThat(Decoded.of("[" + fields("{\"deep\":{", 10_001) + "}]", "").failure())
                .startsWith("LimitExceeded");
    }

    private static String fields(String open, int count) {
        StringBuilder text = new StringBuilder(open);
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : ",").append("\"f").append(i).append("\":").append(i);
        }
        return text.append('}').toString();
    }

    @ParameterizedTest
    @CsvSource({
        "1e1000,''",
        "1e1001,RecordRejected",
        "1E-1000,''",
        "1e-1001,RecordRejected",
        "1e999999999,RecordRejected",
        "1e00000000000000001,''"
    })
    void exponentsAreJudgedByTheirText(String number, String failure) {
        assertThat(Decoded.of("[" + number + "]", "").failure().split(":")[0]).isEqualTo(failure);
    }

    @Test
    void recordAndTextHaveALimit() {
        DecodeLimits limits = new DecodeLimits(20, 10, 10, 8, 10, 10);
        assertThat(limited(limits, "[\"12345678\"]")).isEmpty();
        assertThat(limited(limits, "[\"123456789\"]")).startsWith("LimitExceeded");
        assertThat(limited(limits, "[[1,2,3,4,5,6,7,8,90]]")).isEmpty();
        assertThat(limited(limits, "[[1,2,3,4,5,6,7,8,901]]")).startsWith("LimitExceeded");
    }

    private static String limited(DecodeLimits limits, String document) {
        Decoder decoder = Decoders.json(Pointer.ROOT, Set.of(), limits);
        return Decoded.whole(decoder, document.getBytes(StandardCharsets.UTF_8)).failure();
    }

    @Test
    void anErrorNamesThePlaceAndNeverTheContent() {
        String failure = Decoded.of("{\"items\":[{\"id\":1},{\"customer\":{\"mails\":[\"x\",secret]}}]}", "/items")
                .failure();
        assertThat(failure)
                .contains("at byte 45")
                .contains("/items/1/customer/mails/1")
                .doesNotContain("secret");
    }

    @Test
    void twoAnswersToWhereTheRecordsAreAreRefused() {
        assertThat(Decoded.of("{\"items\":[1],\"items\":[2]}", "/items").failure())
                .startsWith("MalformedPayload")
                .contains("two values at /items");
        assertThat(Decoded.of("{\"next\":1,\"next\":2,\"items\":[]}", "/items", "/next")
                        .failure())
                .contains("two values at /next");
        assertThat(Decoded.of("{\"other\":1,\"other\":2,\"items\":[]}", "/items")
                        .failure())
                .isEmpty();
    }
}

package io.penstock.runner.mapping;

import static io.penstock.runner.mapping.Mappings.mapped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.error.BadConfig.ConfigError;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerbsTest {

    @Test
    void selectKeepsFieldsAndPartsOfObjectsInTheirOrder() {
        Map<String, ?> select = Map.of("select", List.of("address.city", "id", "lines.sku"));
        assertThat(
                        mapped(
                                select,
                                "{\"id\":1,\"x\":2,\"address\":{\"street\":\"a\",\"city\":\"b\"},\"lines\":[{\"sku\":7,\"n\":1},5]}"))
                .isEqualTo("{\"id\":1,\"address\":{\"city\":\"b\"},\"lines\":[{\"sku\":7}]}");
        assertThat(mapped(select, "{\"address\":null,\"lines\":\"text\"}")).isEqualTo("{\"address\":null}");
        assertThat(mapped(Map.of("select", List.of("a", "a.b")), "{\"a\":{\"b\":1,\"c\":2}}"))
                .isEqualTo("{\"a\":{\"b\":1,\"c\":2}}");
        assertThat(mapped(Map.of("select", List.of("a.b", "a")), "{\"a\":{\"b\":1,\"c\":2}}"))
                .isEqualTo("{\"a\":{\"b\":1,\"c\":2}}");
    }

    @Test
    void dropTakesFieldsAwayEvenInsideOfArrays() {
        assertThat(mapped(
                        Map.of("drop", List.of("b", "c.d", "/e.f")),
                        "{\"a\":1,\"b\":2,\"c\":[{\"d\":1,\"e\":2}],\"e.f\":3}"))
                .isEqualTo("{\"a\":1,\"c\":[{\"e\":2}]}");
        assertThat(mapped(Map.of("drop", List.of("b")), "{\"a\":1}")).isEqualTo("{\"a\":1}");
    }

    @Test
    void renameHappensAtOnceAndRefusesASecondFieldOfTheName() {
        assertThat(mapped(Map.of("rename", Map.of("a", "b", "b", "a")), "{\"a\":1,\"b\":2}"))
                .isEqualTo("{\"b\":1,\"a\":2}");
        assertThat(mapped(Map.of("rename", Map.of("a", "b")), "{\"a\":1,\"b\":2}"))
                .startsWith("/b: expected one field called 'b' after rename, found two");
        assertThatThrownBy(() -> Mappings.planned(Map.of("rename", Map.of("a", "c", "b", "c"))))
                .hasMessageContaining("two fields would get the same name");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "string  | 1.50          | \"1.50\"",
                "string  | true          | \"true\"",
                "string  | [1, 2]        | \"[1, 2]\"",
                "string  | \"x\"         | \"x\"",
                "integer | \"12345678901234567890\" | 12345678901234567890",
                "integer | 1.0           | 1",
                "integer | 12e2          | 1200",
                "integer | 0.000         | 0",
                "integer | 1.5           | expected",
                "integer | \"01\"        | expected",
                "integer | \" 1\"        | expected",
                "integer | true          | expected",
                "integer | 1e999         | 1e999",
                "number  | \"1.10\"      | 1.10",
                "number  | \"1e5\"       | 1e5",
                "number  | \"+1\"        | expected",
                "number  | \"NaN\"       | expected",
                "number  | \"1e9999\"    | expected",
                "number  | \"\"          | expected",
                "boolean | \"true\"      | true",
                "boolean | 0             | false",
                "boolean | \"yes\"       | expected",
                "boolean | 2             | expected",
                "integer | null          | null",
                "number  | {}            | expected"
            })
    void castIsExactOrRefused(String type, String from, String to) {
        String result = mapped(Map.of("cast", Map.of("v", type)), "{\"v\":" + from + "}");
        if (to.equals("expected")) {
            assertThat(result).startsWith("/v: expected what is exactly of type " + type);
        } else if (to.equals("1e999")) {
            assertThat(result).isEqualTo("{\"v\":1" + "0".repeat(999) + "}");
        } else {
            assertThat(result).isEqualTo("{\"v\":" + to + "}");
        }
    }

    @Test
    void castNamesTheItemOfAnArray() {
        assertThat(mapped(
                        Map.of("cast", Map.of("lines.price", "number")),
                        "{\"lines\":[{\"price\":\"1\"},{\"price\":\"x\"}]}"))
                .startsWith("/lines/1/price: ");
    }

    @Test
    void flattenGoesAllTheWayDownAndLeavesArrays() {
        Map<String, ?> flatten = Map.of("flatten", Map.of("a", "_"));
        assertThat(mapped(flatten, "{\"id\":1,\"a\":{\"b\":{\"c\":1,\"d\":[{}]},\"e\":\"\\u00e4\"},\"z\":2}"))
                .isEqualTo("{\"id\":1,\"a_b_c\":1,\"a_b_d\":[{}],\"a_e\":\"\\u00e4\",\"z\":2}");
        assertThat(mapped(flatten, "{\"a\":null,\"b\":1}")).isEqualTo("{\"b\":1}");
        assertThat(mapped(flatten, "{\"a\":{},\"b\":1}")).isEqualTo("{\"b\":1}");
        assertThat(mapped(flatten, "{\"a\":\"plain\"}")).isEqualTo("{\"a\":\"plain\"}");
        assertThat(mapped(flatten, "{\"a_b\":0,\"a\":{\"b\":1}}"))
                .isEqualTo("/a/b: expected one field called 'a_b' after flatten, found two");
    }

    @Test
    void setComputesFromTheRecordAsItWas() {
        assertThat(mapped(
                        Map.of("set", Map.of("full", "{first} {last}")), "{\"first\":\"A\\\"\",\"last\":\"{first}\"}"))
                .isEqualTo("{\"first\":\"A\\\"\",\"last\":\"{first}\",\"full\":\"A\\\" {first}\"}");
        assertThat(mapped(Map.of("set", Map.of("n", "{a.b}")), "{\"a\":{\"b\":1.0}}"))
                .endsWith("\"n\":1.0}");
        assertThat(mapped(Map.of("set", Map.of("n", "#{a}")), "{\"a\":1.0}")).endsWith("\"n\":\"#1.0\"}");
        assertThat(mapped(Map.of("set", Map.of("n", "#{a}")), "{\"b\":1}")).endsWith("\"n\":null}");
        assertThat(mapped(Map.of("set", Map.of("n", "{ no field }")), "{}")).isEqualTo("{\"n\":\"{ no field }\"}");
        assertThat(mapped(Map.of("set", Map.of("n", 5)), "{\"n\":1}")).isEqualTo("{\"n\":5}");
        assertThat(mapped(Map.of("set", Map.of("n", List.of(1, "x"))), "{}")).isEqualTo("{\"n\":[1,\"x\"]}");
    }

    @Test
    void maskAndHashHideEveryValueButNull() {
        assertThat(mapped(Map.of("mask", List.of("a", "b.c")), "{\"a\":{\"x\":1},\"b\":[{\"c\":1},{\"c\":null}]}"))
                .isEqualTo("{\"a\":\"***\",\"b\":[{\"c\":\"***\"},{\"c\":null}]}");
        // The digest of "abc" as FIPS 180-2 gives it, appendix B.1.
        assertThat(mapped(Map.of("hash", Map.of("a", "sha256")), "{\"a\":\"\\u0061bc\"}"))
                .isEqualTo("{\"a\":\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"}");
        assertThat(mapped(Map.of("hash", Map.of("a", "sha256")), "{\"a\":null}"))
                .isEqualTo("{\"a\":null}");
    }

    @Test
    void aHashWithAKeyIsAnHmac() {
        String keyed = mapped(Map.of("hash", Map.of("a", Map.of("key", "${env:PII_KEY}"))), "{\"a\":\"abc\"}");
        // printf abc | openssl dgst -sha256 -hmac a-key-that-nobody-knows
        assertThat(keyed).isEqualTo("{\"a\":\"" + HMAC + "\"}");
        assertThatThrownBy(() -> Mappings.planned(Map.of("hash", Map.of("a", Map.of("key", "literal")))))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("a secret must be a reference")
                .hasMessageNotContaining("literal");
        assertThatThrownBy(() -> Mappings.planned(Map.of("mask", "a", "hash", Map.of("a", "sha256"))))
                .hasMessageContaining("both masked and hashed");
        assertThatThrownBy(() -> Mappings.planned(Map.of("cast", Map.of("a", "string"), "mask", "a.b")))
                .hasMessageContaining("a.b is to be hidden, but a");
    }

    private static final String HMAC = "dedbd3b843d3a231ec91b3902a056d8a2221ef9a5deaa77b067637ebadcdb1d9";

    @Test
    void theOrderIsTheSameWhateverThePlansIs() {
        Map<String, ?> all = Map.of(
                "rename", Map.of("full", "name", "address_city", "city"),
                "flatten", Map.of("address", "_"),
                "select", List.of("id", "address.city"),
                "set", Map.of("full", "{first} {email}"),
                "mask", "email",
                "cast", Map.of("id", "string"),
                "filter", Map.of("id", 1));
        assertThat(mapped(all, "{\"id\":1,\"first\":\"A\",\"email\":\"a@b\",\"address\":{\"city\":\"C\",\"zip\":1}}"))
                .isEqualTo("{\"id\":\"1\",\"city\":\"C\",\"name\":\"A ***\"}");
    }

    @Test
    void whatIsNotNamedStaysDigitForDigit() {
        assertThat(mapped(Map.of("drop", "x"), "{\"a\":1.10e+05,\"b\":-0,\"c\":[ 1 ,2],\"d\":\"\\u00e9\\/\",\"x\":1}"))
                .isEqualTo("{\"a\":1.10e+05,\"b\":-0,\"c\":[ 1 ,2],\"d\":\"\\u00e9\\/\"}");
        assertThat(mapped(Map.of("drop", "x"), "7")).startsWith(": expected an object to map");
    }
}

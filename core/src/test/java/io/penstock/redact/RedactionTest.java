package io.penstock.redact;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.penstock.config.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

    private static final String SECRET = "p+ss\"w/rd?of=shöp";
    private final Redaction redaction = Redaction.of(List.of(Secret.of(SECRET), Secret.of("short")));

    @Test
    void hidesEveryFormASecretTravelsIn() throws JsonProcessingException {
        byte[] bytes = SECRET.getBytes(StandardCharsets.UTF_8);
        String percent = URLEncoder.encode(SECRET, StandardCharsets.UTF_8);
        assertThat(redaction.hide("<" + SECRET + ">")).isEqualTo("<***>");
        assertThat(redaction.hide(percent)).isEqualTo("***");
        assertThat(redaction.hide(percent.replace("%2B", "%2b")
                        .replace("%2F", "%2f")
                        .replace("%22", "%22")
                        .replace("%3F", "%3f")
                        .replace("%3D", "%3d")
                        .replace("%C3%B6", "%c3%b6")))
                .isEqualTo("***");
        assertThat(redaction.hide(HexFormat.of().formatHex(bytes))).isEqualTo("***");
        assertThat(redaction.hide(HexFormat.of().withUpperCase().formatHex(bytes)))
                .isEqualTo("***");
        assertThat(redaction.hide(HexFormat.of().withPrefix("%").formatHex(bytes)))
                .isEqualTo("***");
        ObjectMapper ascii =
                JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
        assertThat(redaction.hide(new ObjectMapper().writeValueAsString(SECRET)))
                .isEqualTo("\"***\"");
        assertThat(redaction.hide(ascii.writeValueAsString(SECRET))).isEqualTo("\"***\"");
        assertThat(redaction.hide(SECRET.replace("\"", "\\\"").replace("/", "\\/")))
                .isEqualTo("***");
    }

    @Test
    void hidesItInBase64WhereverItStarts() {
        for (String before : List.of("", "a", "ab", "abc")) {
            byte[] bytes = (before + SECRET + ":x").getBytes(StandardCharsets.UTF_8);
            for (Base64.Encoder encoder :
                    List.of(Base64.getEncoder(), Base64.getUrlEncoder().withoutPadding())) {
                assertThat(redaction.hide(encoder.encodeToString(bytes)))
                        .contains("***")
                        .hasSizeLessThan(before.length() + 14);
            }
        }
    }

    @Test
    void searchesForSecretsOfSixBytesAndNotForShorterOnes() {
        Redaction edge = Redaction.of(List.of(Secret.of("12345"), Secret.of("öx123")));
        assertThat(edge.hide("12345")).isEqualTo("12345");
        assertThat(edge.hide("öx123")).isEqualTo("***");
    }

    @Test
    void aKeyFileIsHiddenLineByLineToo() {
        String key =
                "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0B\nAQEFAASCBKcwggSjAgEAAoIB\n-----END PRIVATE KEY-----\n";
        Redaction redaction = Redaction.of(List.of(Secret.of(key)));
        assertThat(redaction.hide("line: AQEFAASCBKcwggSjAgEAAoIB")).isEqualTo("line: ***");
        assertThat(redaction.hide(key.replace("\n", "\\n"))).isEqualTo("***");
    }

    @Test
    void learnsWhileItIsInUse() {
        Redaction redaction = Redaction.empty();
        assertThat(redaction.hide("sesame-open")).isEqualTo("sesame-open");
        redaction.learn("sesame-open");
        redaction.learn(Secret.of("sesame-again"));
        assertThat(redaction.hide("sesame-open, sesame-again")).isEqualTo("***, ***");
    }

    @Test
    void findsExactlyWhatALookAtEveryPlaceFinds() {
        long seed = 20261121;
        Random random = new Random(seed);
        for (int round = 0; round < 3_000; round++) {
            List<String> words = new ArrayList<>();
            for (int i = random.nextInt(6); i >= 0; i--) {
                words.add(word(random, 1 + random.nextInt(5)));
            }
            String text = word(random, random.nextInt(40));
            assertThat(PatternScan.of(words).mask(text))
                    .describedAs("seed %d round %d, %s in %s", seed, round, words, text)
                    .isEqualTo(slowly(words, text));
        }
    }

    private static String word(Random random, int length) {
        StringBuilder word = new StringBuilder();
        random.ints(length, 'a', 'd').forEach(c -> word.append((char) c));
        return word.toString();
    }

    /** Marks every character that a word covers; what touches is one stretch. */
    private static String slowly(List<String> words, String text) {
        boolean[] covered = new boolean[text.length()];
        for (String word : words) {
            for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
                java.util.Arrays.fill(covered, at, at + word.length(), true);
            }
        }
        StringBuilder masked = new StringBuilder();
        for (int at = 0; at < text.length(); at++) {
            if (!covered[at]) {
                masked.append(text.charAt(at));
            } else if (at == 0 || !covered[at - 1]) {
                masked.append(Redaction.MASK);
            }
        }
        return masked.toString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            GET /v1?access_token=abc123&page=2        | GET /v1?access_token=***&page=2
            GET /v1?X-Amz-Signature=00ff&sig=1        | GET /v1?X-Amz-Signature=***&sig=***
            Authorization: Bearer abc.def-123, x      | Authorization: ***
            {"authorization":"Basic dXNlcjp4"}        | {"authorization":"***"}
            {"client_secret": "x1", "id": "7"}        | {"client_secret": "***", "id": "7"}
            Set-Cookie: sid=31d4d96e407aad42; Path=/  | Set-Cookie: ***
            x-api-key: 12345                          | x-api-key: ***
            https://ann:pa55@example.com/x            | https://ann:***@example.com/x
            redis://:pa55@cache:6379                  | redis://:***@cache:6379
            """)
    void masksWhatStandsBehindATellingName(String text, String masked) {
        assertThat(Redaction.empty().hide(text)).isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET http://127.0.0.1:8080/customers?page=2 was answered with 401: check auth and that the token has not expired",
                "{\"code\":\"Throttled\",\"key\":\"account=42/2026-10\",\"page_token\":\"abc\"}",
                "the environment variable API_TOKEN is not set: export API_TOKEN=...",
                "connections.shop.source.token: a secret must be a reference such as ${env:TOKEN}",
                "next_token=abc&pageToken=7&sort_key=name",
                "12:30:01 retry in 3 s, see https://example.com:8443/a@b"
            })
    void leavesWhatIsNoSecretAlone(String text) {
        assertThat(Redaction.empty().hide(text)).isEqualTo(text);
    }

    @Test
    void hidesSecretsInTheTagsOfMeters() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        meters.config().meterFilter(new RedactedTags(Redaction.of(List.of(Secret.of("sesame-open")))));
        meters.counter("requests", Tags.of("stream", "orders", "host", "sesame-open.example.com"))
                .increment();
        assertThat(meters.getMeters().get(0).getId().getTag("host")).isEqualTo("***.example.com");
        assertThat(meters.getMeters().get(0).getId().getTag("stream")).isEqualTo("orders");
    }

    @Test
    void takesTimeInProportionToTheText() {
        List<Secret> secrets = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            secrets.add(Secret.of("a".repeat(20) + i));
        }
        Redaction many = Redaction.of(secrets);
        String text = "a".repeat(100_000); // the worst there is: a near miss at every place
        long one = steps(many, text);
        long ten = steps(many, text.repeat(10));
        assertThat(ten).isLessThan(one * 40 + 200_000_000L);
    }

    private static long steps(Redaction redaction, String text) {
        redaction.hideKnown(text);
        var threads = java.lang.management.ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime();
        redaction.hideKnown(text);
        return threads.getCurrentThreadCpuTime() - before;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"password":"ab\\"cdefghijklmnop","n":1}        | {"password":"***","n":1}
            {"password":"ab\\\\cdef"}                        | {"password":"***"}
            "{\\"token\\":\\"abcdef\\",\\"n\\":1}"            | "{\\"token\\":\\"***\\",\\"n\\":1}"
            privateKey=abcdef&passphrase=ghi&sortkey=name  | privateKey=***&passphrase=***&sortkey=name
            """)
    void hidesWhatStandsBehindATellingNameToItsEnd(String text, String shown) {
        assertThat(redaction.hide(text)).isEqualTo(shown);
    }
}

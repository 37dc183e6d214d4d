package io.penstock.auth.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.auth.oauth.TokenAnswer.Given;
import io.penstock.auth.oauth.TokenAnswer.Refused;
import io.penstock.error.BadAnswer;
import io.penstock.error.BadAnswer.LimitExceeded;
import io.penstock.error.BadAnswer.ProtocolError;
import io.penstock.error.BadAnswer.UnexpectedContent;
import io.penstock.error.PenstockException;
import io.penstock.message.ApiResponse;
import io.penstock.message.Headers;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows U7 and U8: what a token endpoint may say, and what it may not. */
class TokenAnswerTest {

    private static final String WHAT = "the answer of the token endpoint";

    private static TokenAnswer read(int status, String body) {
        return TokenAnswer.of(new ApiResponse(status, Headers.NONE, body.getBytes(UTF_8), "id"), WHAT, false);
    }

    private static Given given(String fields) {
        return (Given) read(200, "{\"access_token\":\"t\",\"token_type\":\"Bearer\"" + fields + "}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "read write:orders https://x.example/a[1]~ | read write:orders https://x.example/a[1]~",
                "red\\u001b[31m green | red\\u001b[31m green",
                "a\\nb\\tc | a\\u000ab\\u0009c",
                "say\\\"it\\\\ | say\\u0022it\\u005c",
                "caf\\u00e9\\u202e\\ud83d\\ude00\\u007f | caf\\u00e9\\u202e\\ud83d\\ude00\\u007f"
            })
    void aScopeShowsNothingButWhatAScopeMayHave(String json, String shown) {
        assertThat(given(",\"scope\":\"" + json + "\"").scope()).contains(shown);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "|", // missing: renewed only on 401
                ",\"expires_in\":null|",
                ",\"expires_in\":3600|3600",
                ",\"expires_in\":\"3600\"|3600",
                ",\"expires_in\":3599.9|3599",
                ",\"expires_in\":1|1",
                ",\"expires_in\":99999999999|3153600000"
            })
    void aLifeIsANumberOfSecondsHoweverItIsWritten(String field, Long seconds) {
        assertThat(given(field == null ? "" : field).issued().lifetime())
                .isEqualTo(Optional.ofNullable(seconds).map(Duration::ofSeconds));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-1",
                "\"0\"",
                "\"-5\"",
                "\"soon\"",
                "\"\"",
                "true",
                "[3600]",
                "0.5",
                "1e400",
                "\"1e3\"",
                "{}"
            })
    void aLifeThatIsNoneIsAnError(String value) {
        assertThatThrownBy(() -> given(",\"expires_in\":" + value))
                .isInstanceOf(ProtocolError.class)
                .hasMessageContaining("expires_in");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bearer", "BEARER", "Bearer"})
    void theTypeIsReadWithoutRegardToCase(String type) {
        assertThat(read(200, "{\"access_token\":\"t\",\"token_type\":\"" + type + "\"}"))
                .isInstanceOf(Given.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"token_type\":\"bearer\"}",
                "{\"access_token\":\"t\"}",
                "{\"access_token\":\"t\",\"token_type\":\"mac\"}",
                "{\"access_token\":\"\",\"token_type\":\"bearer\"}",
                "{\"access_token\":\"two words\",\"token_type\":\"bearer\"}",
                "{\"access_token\":\"line\\r\\nX: y\",\"token_type\":\"bearer\"}",
                "{\"access_token\":\"caf\u00e9\",\"token_type\":\"bearer\"}",
                "{\"access_token\":5,\"token_type\":\"bearer\"}",
                "{\"access_token\":\"t\",\"access_token\":\"u\",\"token_type\":\"bearer\"}",
                "{\"access_token\":\"t\",\"token_type\":\"bearer\"} more",
                "{\"access_token\":\"t\",\"token_type\":\"bearer\",\"refresh_token\":\"a b\"}",
                "<html>secret words</html>",
                "",
                "[]",
                "null",
                "{\"access_token\":\"t\""
            })
    void whatIsNoTokenIsATypedErrorWithoutAWordOfIt(String body) {
        assertThatThrownBy(() -> read(200, body))
                .isInstanceOf(BadAnswer.class)
                .hasMessageStartingWith(WHAT)
                .hasMessageNotContaining("secret")
                .hasNoCause();
    }

    @Test
    void aMissingTypeIsBearerWhereThePlanSaysSo() {
        byte[] body = "{\"access_token\":\"t\"}".getBytes(UTF_8);

        assertThat(TokenAnswer.of(new ApiResponse(200, Headers.NONE, body, "id"), WHAT, true))
                .isInstanceOf(Given.class);
    }

    @Test
    void htmlIsAnotherKindOfDocument() {
        assertThatThrownBy(() -> read(200, "<html>")).isInstanceOf(UnexpectedContent.class);
    }

    @Test
    void sixtyFourKibibytesAreReadAndNotAByteMore() {
        String head = "{\"access_token\":\"t\",\"token_type\":\"bearer\",\"x\":\"";
        int room = 64 * 1024 - head.length() - 2;

        assertThat(read(200, head + "a".repeat(room) + "\"}")).isInstanceOf(Given.class);
        assertThatThrownBy(() -> read(200, head + "a".repeat(room + 1) + "\"}"))
                .isInstanceOf(LimitExceeded.class)
                .hasMessageContaining("64 KiB");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400|{\"error\":\"invalid_grant\",\"error_description\":\"x\"}|invalid_grant",
                "401|{\"error\":\"invalid_client\"}|invalid_client",
                "200|{\"error\":\"bad_verification_code\"}|bad_verification_code",
                "400|{\"error\":\"Free text with a secret\"}|status 400",
                "400|<html>|status 400",
                "403||status 403",
                "302||redirect 302"
            })
    void aRefusalIsItsCodeAndNothingElse(int status, String body, String code) {
        assertThat(read(status, body == null ? "" : body)).isEqualTo(new Refused(code));
    }

    @Test
    void noTextShowsAToken() {
        assertThat(given(",\"refresh_token\":\"very secret\".".replace(" ", "").replace(".", ""))
                        .toString())
                .doesNotContain("verysecret");
    }

    @Test
    void anErrorIsOneOfTheKnownFamily() {
        assertThatThrownBy(() -> read(200, "\u0000")).isInstanceOf(PenstockException.class);
    }
}

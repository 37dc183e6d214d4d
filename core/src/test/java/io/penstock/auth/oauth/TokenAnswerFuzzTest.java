package io.penstock.auth.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.penstock.auth.oauth.TokenAnswer.Given;
import io.penstock.error.BadAnswer;
import io.penstock.message.ApiRequest;
import io.penstock.message.ApiResponse;
import io.penstock.message.Headers;
import io.penstock.message.Method;
import java.net.URI;

/** Whatever a token endpoint says, it is a token that fits a header, a short code, or a typed error. Budget: 15 s replayed. */
class TokenAnswerFuzzTest {

    private static final ApiRequest REQUEST = ApiRequest.of(Method.GET, URI.create("http://localhost"));

    @FuzzTest(maxDuration = "15s")
    void tokens(FuzzedDataProvider data) {
        int status = data.pickValue(new int[] {200, 200, 200, 201, 302, 400, 401});
        byte[] body = data.consumeRemainingAsBytes();
        try {
            TokenAnswer answer = TokenAnswer.of(
                    new ApiResponse(status, Headers.NONE, body, "id"), "the answer", body.length % 2 == 0);
            if (answer instanceof Given given) {
                given.issued().accessToken().reveal(text -> REQUEST.header("Authorization", "Bearer " + text));
                given.issued().lifetime().ifPresent(life -> assertThat(life).isPositive());
            } else {
                assertThat(((TokenAnswer.Refused) answer).code()).matches("[a-z][a-z0-9_. -]{1,63}");
            }
        } catch (BadAnswer typed) {
            assertThat(typed).hasNoCause();
            assertThat(typed.getMessage()).startsWith("the answer").hasSizeLessThan(200);
        }
    }
}

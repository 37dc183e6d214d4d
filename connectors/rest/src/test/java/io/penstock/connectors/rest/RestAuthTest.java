package io.penstock.connectors.rest;

import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.unauthorized;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.penstock.error.BadConfig.ConfigError;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** Credentials that a plan describes, on the wire. */
class RestAuthTest extends StubbedApi {

    private static final String ONE = "[{\"a\":1}]";
    private static final String STREAM =
            "streams: { a: { path: /a, records: '', paging: none, params: { q: 'x y' } } }";

    private static LoggedRequest last(String path) {
        List<LoggedRequest> all = API.findAll(getRequestedFor(urlPathEqualTo(path)));
        return all.get(all.size() - 1);
    }

    @Test
    void aKeyMayBeACookie() {
        API.stubFor(get(urlPathEqualTo("/a"))
                .withHeader("Cookie", equalTo("sid=secret-key"))
                .willReturn(okJson(ONE)));
        assertThat(read("auth: { api_key: { cookie: sid, value: \"${env:KEY}\" } }\n" + STREAM, "a"))
                .hasSize(1);
    }

    @Test
    void aSessionIsBegunByALogin() {
        API.stubFor(post("/login")
                .withRequestBody(equalToJson("{\"user\":\"ann\",\"password\":\"secret-key\"}"))
                .willReturn(okJson("{\"data\":{\"token\":\"t1\"}}")));
        API.stubFor(get(urlPathEqualTo("/a")).willReturn(unauthorized()));
        API.stubFor(
                get(urlPathEqualTo("/a")).withHeader("X-Session", equalTo("t1")).willReturn(okJson(ONE)));
        String plan = """
                auth:
                  session:
                    url: %s/login
                    fields: { user: ann }
                    secrets: { password: "${env:KEY}" }
                    token_at: /data/token
                    header: X-Session
                """.formatted(API.baseUrl());
        assertThat(read(plan + STREAM, "a")).hasSize(1);
        API.verify(1, postRequestedFor(urlEqualTo("/login")));
    }

    @Test
    void aLoginInPlainHttpElsewhereIsRefused() {
        String plan = """
                auth:
                  session:
                    url: http://login.example.com/login
                    secrets: { password: "${env:KEY}" }
                    token_at: /data/token
                """;
        assertThatThrownBy(() -> read(plan + STREAM, "a"))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("url: a login is sent over TLS only")
                .hasMessageContaining("http://login.example.com");
    }

    @Test
    void aSignatureCoversWhatIsReallySent() throws Exception {
        API.stubFor(get(urlPathEqualTo("/a")).willReturn(okJson(ONE)));
        String plan = """
                auth:
                  hmac:
                    key: "${env:KEY}"
                    template: "{method}\\n{path_and_query}\\n{timestamp}\\n{body_sha256}\\n{header:Host}"
                    headers: { X-Timestamp: "{timestamp}", X-Signature: "v1={signature}" }
                """;
        assertThat(read(plan + STREAM, "a")).hasSize(1);
        LoggedRequest sent = last("/a");
        String text = "GET\n" + sent.getUrl() + "\n" + sent.getHeader("X-Timestamp") + "\n"
                + "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n" + sent.getHeader("Host");
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("secret-key".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String expected = HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        assertThat(sent.getUrl()).isEqualTo("/a?q=x%20y");
        assertThat(sent.getHeader("X-Signature")).isEqualTo("v1=" + expected);
    }

    @Test
    void severalCredentialsGoTogether() {
        API.stubFor(get(urlPathEqualTo("/a"))
                .withHeader("X-Key", equalTo("secret-key"))
                .withHeader("Authorization", matching("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/.*x-key.*"))
                .willReturn(okJson(ONE)));
        String plan = """
                auth:
                  all:
                    - aws: { access_key_id: AKIDEXAMPLE, secret_access_key: "${env:KEY}", region: eu-central-1, service: execute-api }
                    - api_key: { header: X-Key, value: "${env:KEY}" }
                """;
        assertThat(read(plan + STREAM, "a")).as("what signs comes last").hasSize(1);
    }

    @Test
    void aStreamMayHaveACredentialOfItsOwn() {
        API.stubFor(get(urlPathEqualTo("/a"))
                .withHeader("Authorization", equalTo("Bearer secret-key"))
                .willReturn(okJson(ONE)));
        API.stubFor(get(urlPathEqualTo("/b"))
                .withHeader("Authorization", absent())
                .withHeader("X-Key", equalTo("demo-token"))
                .willReturn(okJson(ONE)));
        String plan = """
                auth: { bearer: "${env:KEY}" }
                streams:
                  a: { path: /a, records: '', paging: none }
                  b: { path: /b, records: '', paging: none, auth: { api_key: { header: X-Key, value: "${env:TOKEN}" } } }
                """;
        assertThat(read(plan, "a")).hasSize(1);
        assertThat(read(plan, "b")).hasSize(1);
    }

    @Test
    void aPoolGoesOnWithoutWhoIsThrottledOrDead() {
        API.stubFor(get(urlPathEqualTo("/a"))
                .withHeader("X-Pool", equalTo("secret-key"))
                .willReturn(status(429).withHeader("Retry-After", "60")));
        API.stubFor(
                get(urlPathEqualTo("/a")).withHeader("X-Pool", equalTo("no")).willReturn(unauthorized()));
        API.stubFor(get(urlPathEqualTo("/a"))
                .withHeader("X-Pool", equalTo("demo-token"))
                .willReturn(okJson(ONE)));
        String plan = """
                auth:
                  pool: # in a header of their own: what is throttled here stays so for the other tests
                    - api_key: { header: X-Pool, value: "${env:KEY}" }
                    - api_key: { header: X-Pool, value: "${env:WRONG}" }
                    - api_key: { header: X-Pool, value: "${env:TOKEN}" }
                """;
        assertThat(read(plan + STREAM, "a")).hasSize(1);
    }
}

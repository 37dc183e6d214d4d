package io.penstock.secrets.aws;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.penstock.client.ApiClient;
import io.penstock.config.Config;
import io.penstock.config.Secret;
import io.penstock.error.BadConfig.SecretMissing;
import io.penstock.secret.SecretRuntime;
import io.penstock.secret.SecretStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.scheduler.Schedulers;

/** The conversation as AWS holds it: the JSON 1.1 protocol of Secrets Manager, and the query protocol of STS. */
class AwsSecretStoreIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:shop-AbCdEf";
    private static final String DOCUMENT =
            "{\\\"token\\\":\\\"t0ken-of-the-shop\\\",\\\"port\\\":8443,\\\"nested\\\":{}}";

    @RegisterExtension
    static final WireMockExtension AWS = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    private final Map<String, Object> settings = new HashMap<>(Map.of(
            "region",
            "eu-central-1",
            "endpoint",
            AWS.baseUrl(),
            "access_key_id",
            (Object) Secret.of("AKIDEXAMPLE"),
            "secret_access_key",
            Secret.of("wJalrXUtnFEMI/K7MDENG")));
    private SecretStore store = open();

    private SecretStore open() {
        AwsSecretsProvider provider = new AwsSecretsProvider();
        return provider.open(
                Config.of(provider.settings(), settings),
                new SecretRuntime(base -> ApiClient.at(base.toString()), Schedulers.parallel(), secret -> {}));
    }

    @AfterEach
    void closed() {
        store.close();
    }

    private String read(String name) {
        return store.read(name).block(LIMIT);
    }

    private static ResponseDefinitionBuilder answer(int status, String body) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/x-amz-json-1.1")
                .withHeader("x-amzn-RequestId", "c9c1f1e2-1f4a-4c5e-9f0a-1d2c3b4a5f60")
                .withBody(body);
    }

    private static String value(String text) {
        return "{\"ARN\":\"" + ARN + "\",\"Name\":\"shop\",\"VersionId\":\"a1b2c3d4-5678-90ab-cdef-EXAMPLE11111\","
                + "\"SecretString\":\"" + text
                + "\",\"VersionStages\":[\"AWSCURRENT\"],\"CreatedDate\":1.523477145713E9}";
    }

    private static ResponseDefinitionBuilder refusal(String type) {
        return answer(400, "{\"__type\":\"" + type + "\",\"Message\":\"no good, says hunter2\"}");
    }

    @Test
    void readsOneKeyOfTheCurrentVersionWithASignedRequest() {
        AWS.stubFor(post("/").willReturn(answer(200, value(DOCUMENT))));
        assertThat(read("shop#token")).isEqualTo("t0ken-of-the-shop");
        assertThat(read("shop#port")).isEqualTo("8443");
        AWS.verify(
                2,
                postRequestedFor(urlEqualTo("/"))
                        .withHeader("X-Amz-Target", equalTo("secretsmanager.GetSecretValue"))
                        .withHeader("Content-Type", equalTo("application/x-amz-json-1.1"))
                        .withHeader("X-Amz-Date", matching("\\d{8}T\\d{6}Z"))
                        .withHeader(
                                "Authorization",
                                matching("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/\\d{8}/eu-central-1/secretsmanager"
                                        + "/aws4_request, SignedHeaders=[a-z0-9;-]*x-amz-target[a-z0-9;-]*,"
                                        + " Signature=[0-9a-f]{64}"))
                        .withRequestBody(equalToJson("{\"SecretId\":\"shop\"}")));
    }

    @Test
    void readsTheWholeTextAnotherStageAndASecretByItsArn() {
        AWS.stubFor(post("/").willReturn(answer(200, value("plain-text"))));
        assertThat(read(ARN)).isEqualTo("plain-text");
        assertThat(read("team@shop#@AWSPREVIOUS")).isEqualTo("plain-text");
        AWS.verify(postRequestedFor(urlEqualTo("/")).withRequestBody(equalToJson("{\"SecretId\":\"" + ARN + "\"}")));
        AWS.verify(postRequestedFor(urlEqualTo("/"))
                .withRequestBody(equalToJson("{\"SecretId\":\"team@shop\",\"VersionStage\":\"AWSPREVIOUS\"}")));
    }

    @Test
    void sendsTheTokenOfTemporaryCredentials() {
        settings.put("session_token", Secret.of("session-token-example"));
        store = open();
        AWS.stubFor(post("/").willReturn(answer(200, value("plain-text"))));
        read("shop");
        AWS.verify(
                postRequestedFor(urlEqualTo("/")).withHeader("X-Amz-Security-Token", equalTo("session-token-example")));
    }

    @Test
    void assumesARoleFirst() {
        settings.put("role", "arn:aws:iam::123456789012:role/reader");
        store = open();
        AWS.stubFor(post("/")
                .withRequestBody(containing("Action=AssumeRole"))
                .willReturn(aResponse().withHeader("Content-Type", "text/xml").withBody("""
                        <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
                          <AssumeRoleResult>
                            <AssumedRoleUser>
                              <Arn>arn:aws:sts::123456789012:assumed-role/reader/penstock</Arn>
                              <AssumedRoleId>ARO123EXAMPLE123:penstock</AssumedRoleId>
                            </AssumedRoleUser>
                            <Credentials>
                              <AccessKeyId>ASIAIOSFODNN7EXAMPLE</AccessKeyId>
                              <SecretAccessKey>wJalrXUtnFEMI/K7MDENG/bPxRfiCYzEXAMPLEKEY</SecretAccessKey>
                              <SessionToken>token-of-the-role</SessionToken>
                              <Expiration>2099-11-09T13:34:41Z</Expiration>
                            </Credentials>
                          </AssumeRoleResult>
                          <ResponseMetadata><RequestId>c6104cbe-af31-11e0-8154-cbc7ccf896c7</RequestId></ResponseMetadata>
                        </AssumeRoleResponse>
                        """)));
        AWS.stubFor(post("/")
                .withHeader("X-Amz-Target", equalTo("secretsmanager.GetSecretValue"))
                .withHeader("X-Amz-Security-Token", equalTo("token-of-the-role"))
                .willReturn(answer(200, value("for-the-role"))));
        assertThat(read("shop")).isEqualTo("for-the-role");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ResourceNotFoundException                     | there is no such secret, or none in this stage: check name, region and stage
            AccessDeniedException                         | allow secretsmanager:GetSecretValue
            com.amazon.coral.service#ExpiredTokenException| the AWS credentials have expired: renew them
            UnrecognizedClientException                   | AWS does not accept these credentials
            InvalidSignatureException                     | the machine's clock
            DecryptionFailure                             | allow kms:Decrypt
            InvalidRequestException                       | is it about to be deleted?
            SomethingNewException                         | AWS has refused the request: look the code up [SomethingNewException
            """)
    void saysWhatARefusalMeansAndHowToMendItButNotInAwsOwnWords(String type, String message) {
        AWS.stubFor(post("/").willReturn(refusal(type)));
        assertThatThrownBy(() -> read("shop#token"))
                .isInstanceOf(SecretMissing.class)
                .hasMessageStartingWith("${aws-sm:shop#token} cannot be read: ")
                .hasMessageContaining(message)
                .hasMessageContaining("AWS request c9c1f1e2-1f4a-4c5e-9f0a-1d2c3b4a5f60")
                .hasMessageNotContaining("hunter2")
                .hasNoCause();
    }

    @Test
    void sitsOutAThrottle() {
        AWS.stubFor(post("/")
                .inScenario("throttle")
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(refusal("ThrottlingException"))
                .willSetStateTo("calm"));
        AWS.stubFor(post("/")
                .inScenario("throttle")
                .whenScenarioStateIs("calm")
                .willReturn(answer(200, value("after-the-throttle"))));
        assertThat(read("shop")).isEqualTo("after-the-throttle");
        AWS.verify(2, postRequestedFor(urlEqualTo("/")));
    }

    @Test
    void givesUpOnAThrottleThatLasts() {
        AWS.stubFor(post("/").willReturn(refusal("ThrottlingException")));
        assertThatThrownBy(() -> read("shop"))
                .isInstanceOf(SecretMissing.class)
                .hasMessageContaining("AWS throttles these requests also after several tries: run again later");
        AWS.verify(3, postRequestedFor(urlEqualTo("/")));
    }

    @Test
    void repeatsAfterAFailureOfTheServerAndSaysSoIfItLasts() {
        AWS.stubFor(post("/").willReturn(answer(503, "{\"__type\":\"InternalServiceError\"}")));
        assertThatThrownBy(() -> read("shop"))
                .isInstanceOf(SecretMissing.class)
                .hasMessageContaining("AWS is in trouble: run again later");
        AWS.verify(3, postRequestedFor(urlEqualTo("/")));
    }

    @Test
    void aConnectionThatBreaksIsAMissingSecretToo() {
        AWS.stubFor(post("/").willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
        assertThatThrownBy(() -> read("shop"))
                .isInstanceOf(SecretMissing.class)
                .hasMessageContaining("AWS cannot be reached");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            shop#tokn      | it has no key tokn, only token, port, nested
            shop#nested    | its key nested is no text
            #token         | is no reference
            shop#token@    | is no reference
            """)
    void saysWhatIsWrongWithAReferenceWithoutTheValue(String name, String message) {
        AWS.stubFor(post("/").willReturn(answer(200, value(DOCUMENT))));
        assertThatThrownBy(() -> read(name))
                .isInstanceOf(SecretMissing.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("t0ken-of-the-shop");
    }

    @Test
    void aTextThatIsNoDocumentHasNoKeysAndIsNotQuoted() {
        AWS.stubFor(post("/").willReturn(answer(200, value("hunter2-as-it-is"))));
        assertThatThrownBy(() -> read("shop#token"))
                .isInstanceOf(SecretMissing.class)
                .hasMessageContaining("it is no JSON document, so it has no keys: leave out #token")
                .hasMessageNotContaining("hunter2")
                .hasNoCause();
    }

    @Test
    void bytesAreNoText() {
        AWS.stubFor(post("/")
                .willReturn(
                        answer(200, "{\"ARN\":\"" + ARN + "\",\"Name\":\"shop\",\"SecretBinary\":\"aHVudGVyMg==\"}")));
        assertThatThrownBy(() -> read("shop")).hasMessageContaining("it holds bytes and no text");
    }

    @Test
    void halfAPairOfKeysIsRefused() {
        settings.remove("secret_access_key");
        assertThatThrownBy(this::open).hasMessageContaining("go together");
    }
}

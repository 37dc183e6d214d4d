package io.penstock.auth.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.config.Secret;
import io.penstock.message.ApiRequest;
import io.penstock.message.Method;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The published vectors of AWS Signature Version 4: its signing test suite, and the examples of IAM and S3. */
class AwsSignatureTest {

    private static final Instant SUITE_TIME = Instant.parse("2015-08-30T12:36:00Z");
    private static final Instant S3_TIME = Instant.parse("2013-05-24T00:00:00Z");
    private static final String HOST = "https://example.amazonaws.com";
    private static final String UNRESERVED = "-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final String STS = "AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwA"
            + "eMicRXmxfpSPfIeoIYRqTflfKD8YUuwthAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQDY"
            + "wT7WZ0wq5VSXDvp75YU9HFvlRd8Tx6q6fE8YQcHNVXAkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz+scqKmlzm8FDrypN"
            + "C9Yjc8fPOLn9FX9KSYvKTr4rvx3iSIlTJabIQwj2ICCR/oLxBA==";

    private static AwsSignature suite(String service, Optional<String> token) {
        AwsCredentials credentials = new AwsCredentials(
                "AKIDEXAMPLE", Secret.of("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"), token.map(Secret::of));
        return AwsSignature.of(credentials, "us-east-1", service);
    }

    private static ApiRequest request(String method, String url) {
        return ApiRequest.of(Method.valueOf(method), URI.create(url));
    }

    private static String authorization(ApiRequest signed) {
        return signed.headers().first("Authorization").orElseThrow();
    }

    private static void assertSigned(ApiRequest request, String signedHeaders, String signature) {
        assertThat(authorization(suite("service", Optional.empty()).sign(request, SUITE_TIME)))
                .isEqualTo(
                        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders="
                                + signedHeaders + ", Signature=" + signature);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "get-vanilla, GET, /, 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
        "get-vanilla without path, GET, '', 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
        "get-vanilla-query, GET, /?Param1=value1, a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb",
        "get-vanilla-empty-query-key, GET, /?Param1=value1,"
                + " a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb",
        "get-vanilla-query-order-key-case, GET, /?Param2=value2&Param1=value1,"
                + " b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
        "get-vanilla-query-order-key, GET, /?Param1=value2&Param1=value1,"
                + " 5772eed61e12b33fae39ee5e7012498b51d56abc0abb7c60486157bd471c4694",
        "get-vanilla-query-order-value, GET, /?Param1=value2&Param1=Value1,"
                + " eedbc4e291e521cf13422ffca22be7d2eb8146eecf653089df300a15b2382bd1",
        "get-vanilla-query-unreserved, GET, /?" + UNRESERVED + "=" + UNRESERVED + ","
                + " 9c3e54bfcdf0b19771a7f523ee5669cdf59bc7cc0884027167c21bb143a40197",
        "get-vanilla-utf8-query, GET, /?%E1%88%B4=bar, 2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04",
        "get-unreserved, GET, /" + UNRESERVED + ", 07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f",
        "get-relative, GET, /example/.., 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
        "get-relative-relative, GET, /example1/example2/../..,"
                + " 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
        "get-slash, GET, //, 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
        "get-slash-dot-slash, GET, /./, 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
        "get-slash-pointless-dot, GET, /./example, ef75d96142cf21edca26f06005da7988e4f8dc83a165a80865db7089db637ec5",
        "get-slashes, GET, //example//, 9a624bd73a37c9a373b5312afbebe7a714a789de108f0bdfe846570885f57e84",
        "post-vanilla, POST, /, 5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
        "post-vanilla-query, POST, /?Param1=value1, 28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11",
        "post-vanilla-empty-query-value, POST, /?Param1=value1,"
                + " 28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11"
    })
    void signsTheSuitesPathsAndQueries(String name, String method, String path, String signature) {
        assertSigned(request(method, HOST + path), "host;x-amz-date", signature);
    }

    @Test
    void signsTheSuitesHeaders() {
        ApiRequest get = request("GET", HOST + "/");
        assertSigned(
                get.header("My-Header1", "value2,value2,value1"),
                "host;my-header1;x-amz-date",
                "c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea");
        assertSigned(
                get.header("My-Header1", "value4,value1,value3,value2"),
                "host;my-header1;x-amz-date",
                "08c7e5a9acfcfeb3ab6b2185e75ce8b1deb5e634ec47601a50643f830c755c01");
        assertSigned(
                get.header("My-Header1", "value1").header("My-Header2", "\"a   b   c\""),
                "host;my-header1;my-header2;x-amz-date",
                "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736");
        ApiRequest post = request("POST", HOST + "/");
        assertSigned(
                post.header("My-Header1", "value1"),
                "host;my-header1;x-amz-date",
                "c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c");
        assertSigned(
                post.header("My-Header1", "VALUE1"),
                "host;my-header1;x-amz-date",
                "cdbc9802e29d2942e5e10b5bccfdd67c5f22c7c4e8ae67b53629efa58b974b7d");
    }

    @Test
    void signsTheSuitesBodies() {
        byte[] body = "Param1=value1".getBytes(StandardCharsets.UTF_8);
        assertSigned(
                request("POST", HOST + "/").body("application/x-www-form-urlencoded", body),
                "content-type;host;x-amz-date",
                "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a");
        assertSigned(
                request("POST", HOST + "/").body("application/x-www-form-urlencoded; charset=utf8", body),
                "content-type;host;x-amz-date",
                "1a72ec8f64bd914b0e42e42607c7fbce7fb2c7465f63e3092b3b0d39fa77a6fe");
    }

    @Test
    void signsAndSendsTheSuitesSessionTokens() {
        String token = "6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf194267";
        ApiRequest get = suite("service", Optional.of(token)).sign(request("GET", HOST + "/"), SUITE_TIME);
        assertThat(get.headers().first("X-Amz-Security-Token")).contains(token);
        assertThat(authorization(get))
                .endsWith("SignedHeaders=host;x-amz-date;x-amz-security-token, "
                        + "Signature=07ec1639c89043aa0e3e2de82b96708f198cceab042d4a97044c66dd9f74e7f8");
        ApiRequest post = suite("service", Optional.of(STS)).sign(request("POST", HOST + "/"), SUITE_TIME);
        assertThat(authorization(post))
                .endsWith("Signature=85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead");
    }

    @Test
    void signsTheExampleOfIam() {
        ApiRequest request = request("GET", "https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08")
                .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
        assertThat(authorization(suite("iam", Optional.empty()).sign(request, SUITE_TIME)))
                .isEqualTo("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, "
                        + "SignedHeaders=content-type;host;x-amz-date, "
                        + "Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7");
    }

    private static String signedForS3(ApiRequest request) {
        AwsCredentials credentials = new AwsCredentials(
                "AKIAIOSFODNN7EXAMPLE", Secret.of("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"), Optional.empty());
        ApiRequest signed = AwsSignature.of(credentials, "us-east-1", "s3").sign(request, S3_TIME);
        return authorization(signed).replaceAll(".*Signature=", "");
    }

    @Test
    void signsTheExamplesOfS3() {
        String bucket = "https://examplebucket.s3.amazonaws.com";
        assertThat(signedForS3(request("GET", bucket + "/test.txt").header("Range", "bytes=0-9")))
                .isEqualTo("f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
        assertThat(signedForS3(request("PUT", bucket + "/test%24file.text")
                        .header("Date", "Fri, 24 May 2013 00:00:00 GMT")
                        .header("x-amz-storage-class", "REDUCED_REDUNDANCY")
                        .body("text/plain", "Welcome to Amazon S3.".getBytes(StandardCharsets.UTF_8))
                        .withoutHeader("Content-Type")))
                .isEqualTo("98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
        assertThat(signedForS3(request("GET", bucket + "/?lifecycle")))
                .isEqualTo("fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");
        assertThat(signedForS3(request("GET", bucket + "/?max-keys=2&prefix=J")))
                .isEqualTo("34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
    }

    @Test
    void aPathIsNormalisedAndEncodedTwiceButForS3() {
        ApiRequest odd = request("GET", HOST + "/a%20b//./c/../d+e");
        assertThat(new AwsCanonical(odd, false).text("-")).startsWith("GET\n/a%2520b/d%2Be\n\n");
        assertThat(new AwsCanonical(odd, true).text("-")).startsWith("GET\n/a%20b//./c/../d%2Be\n\n");
    }

    @Test
    void signingAgainReplacesTheOldSignature() {
        AwsSignature signature = suite("service", Optional.empty());
        ApiRequest request = request("GET", HOST + "/");
        ApiRequest twice = signature.sign(signature.sign(request, S3_TIME), SUITE_TIME);
        assertThat(authorization(twice)).isEqualTo(authorization(signature.sign(request, SUITE_TIME)));
    }

    @Test
    void nothingShowsTheKey() {
        AwsSignature signature = suite("service", Optional.of(STS));
        assertThat(signature.toString() + signature.identity())
                .doesNotContain("wJalr")
                .doesNotContain("AQoDY");
        assertThatThrownBy(() -> new AwsCredentials("not an id", Secret.of("x"), Optional.empty()))
                .hasMessageContaining("access_key_id");
        assertThatThrownBy(() -> AwsSignature.of(
                        new AwsCredentials("AKIDEXAMPLE", Secret.of("x"), Optional.empty()), "EU Central", "s3"))
                .hasMessageContaining("eu-central-1");
    }
}

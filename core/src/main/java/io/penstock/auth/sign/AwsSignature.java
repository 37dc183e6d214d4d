package io.penstock.auth.sign;

import io.penstock.config.Secret;
import io.penstock.message.ApiRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Signs requests as AWS Signature Version 4 wants it, with everything in {@code Authorization} and {@code X-Amz-} headers.
 *
 * <p>The path is normalised and encoded once more than it is sent, as all services want it but S3, which takes it as it is.
 * Immutable and safe for concurrent use.
 */
public final class AwsSignature {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String MAC = "HmacSHA256";
    private static final Set<String> AS_IT_IS = Set.of("s3", "s3express", "s3-object-lambda", "s3-outposts");

    private final AwsCredentials credentials;
    private final String region;
    private final String service;

    private AwsSignature(AwsCredentials credentials, String region, String service) {
        this.credentials = credentials;
        this.region = region;
        this.service = service;
    }

    /**
     * A signature for one service.
     *
     * @param region such as {@code eu-central-1}
     * @param service as the signature names it, such as {@code s3} or {@code execute-api}
     * @throws IllegalArgumentException if one of them is no such name
     */
    public static AwsSignature of(AwsCredentials credentials, String region, String service) {
        require("region", region, "eu-central-1");
        require("service", service, "execute-api");
        Digests.ready(MAC);
        return new AwsSignature(credentials, region, service);
    }

    private static void require(String what, String name, String example) {
        if (!name.matches("[a-z0-9-]{1,64}")) {
            throw new IllegalArgumentException("expected a " + what + " such as " + example + ", found '" + name + "'");
        }
    }

    /** What may be shown to tell these credentials from others. */
    public String identity() {
        return credentials.keyId() + " " + region + " " + service;
    }

    /** Another text for other credentials; as {@link Secret#fingerprint()}. */
    public String fingerprint() {
        return credentials.key().fingerprint()
                + credentials.sessionToken().map(Secret::fingerprint).orElse("");
    }

    /** What it signs with, to be read again where that is possible. */
    public List<Secret> keys() {
        return Stream.concat(Stream.of(credentials.key()), credentials.sessionToken().stream())
                .toList();
    }

    /** The request with its signature on it; {@code Authorization} and {@code X-Amz-Date} are replaced. */
    public ApiRequest sign(ApiRequest request, Instant now) {
        String stamp = STAMP.format(now);
        String bodyHash = ByteText.HEX.write(Digests.of("SHA-256", request.body()));
        ApiRequest dated = request.withoutHeader("Authorization").header("X-Amz-Date", stamp);
        if (AS_IT_IS.contains(service)) {
            dated = dated.header("X-Amz-Content-Sha256", bodyHash);
        }
        ApiRequest dressed = credentials.sessionToken().isPresent() ? withToken(dated) : dated;
        AwsCanonical canonical = new AwsCanonical(dressed, AS_IT_IS.contains(service));
        String scope = stamp.substring(0, 8) + "/" + region + "/" + service + "/aws4_request";
        String digest = ByteText.HEX.write(Digests.of("SHA-256", utf8(canonical.text(bodyHash))));
        String toSign = ALGORITHM + "\n" + stamp + "\n" + scope + "\n" + digest;
        String signature = ByteText.HEX.write(Digests.keyed(MAC, key(stamp), utf8(toSign)));
        return dressed.header(
                "Authorization",
                ALGORITHM + " Credential=" + credentials.keyId() + "/" + scope + ", SignedHeaders="
                        + canonical.signedHeaders() + ", Signature=" + signature);
    }

    private ApiRequest withToken(ApiRequest request) {
        Secret token = credentials.sessionToken().orElseThrow();
        return Objects.requireNonNull(token.reveal(text -> request.header("X-Amz-Security-Token", text)));
    }

    private byte[] key(String stamp) {
        byte[] day =
                credentials.key().reveal(text -> Digests.keyed(MAC, utf8("AWS4" + text), utf8(stamp.substring(0, 8))));
        byte[] there = Digests.keyed(MAC, day, utf8(region));
        return Digests.keyed(MAC, Digests.keyed(MAC, there, utf8(service)), utf8("aws4_request"));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "AWS signature for " + service + " in " + region;
    }
}

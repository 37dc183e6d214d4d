package io.penstock.auth;

import io.penstock.message.ApiRequest;
import io.penstock.message.PathText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A nonce of the server and how often it has been used. Safe for concurrent use. */
final class DigestNonce {

    /** As the header names them, the best first, and as the platform does. */
    private static final Map<String, String> HASHES =
            Map.of("sha-256", "SHA-256", "sha-512-256", "SHA-512/256", "md5", "MD5");

    private static final List<String> BEST_FIRST = List.of("sha-512-256", "sha-256", "md5");

    private final Challenge challenge;
    private final String algorithm;
    private final boolean session;
    private final AtomicInteger uses = new AtomicInteger();

    private DigestNonce(Challenge challenge) {
        this.challenge = challenge;
        String named = challenge.parameter("algorithm").orElse("MD5").toLowerCase(Locale.ROOT);
        this.session = named.endsWith("-sess");
        this.algorithm = session ? named.substring(0, named.length() - "-sess".length()) : named;
    }

    /** Who logs in; for one moment. */
    record Login(String user, String password) {
        @Override
        public String toString() {
            return "***";
        }
    }

    /** The best challenge there is that can be answered. */
    static Optional<DigestNonce> offered(List<String> lines) {
        return Challenge.parse(lines).stream()
                .filter(one ->
                        one.scheme().equals("digest") && one.parameter("nonce").isPresent())
                .map(DigestNonce::new)
                .filter(one -> HASHES.containsKey(one.algorithm) && (one.legacy() || one.offersAuth()))
                .min(Comparator.comparing(one -> BEST_FIRST.indexOf(one.algorithm)));
    }

    private boolean legacy() {
        return challenge.parameter("qop").isEmpty();
    }

    private boolean offersAuth() {
        return Arrays.stream(challenge.parameter("qop").orElse("").split(",", -1))
                .anyMatch(one -> one.strip().equalsIgnoreCase("auth"));
    }

    /** Whether it takes the place of one that was good until now. */
    boolean replaces() {
        return challenge.parameter("stale").orElse("").equalsIgnoreCase("true");
    }

    /** Whether {@code authorization} answers this nonce. */
    boolean made(String authorization) {
        return authorization.startsWith("Digest ") && authorization.contains("nonce=" + quoted(nonce()));
    }

    /** Whether {@code used} answers this nonce by the password of {@code login}. */
    boolean proves(ApiRequest used, Login login) {
        return Challenge.parse(used.headers().all("Authorization")).stream()
                .filter(said -> said.scheme().equals("digest"))
                .anyMatch(said -> {
                    String count = said.parameter("nc").orElse("");
                    String clientNonce = said.parameter("cnonce").orElse("");
                    return said.parameter("response")
                            .filter(response(used, login, count, clientNonce)::equals)
                            .isPresent();
                });
    }

    private String nonce() {
        return challenge.parameter("nonce").orElse("");
    }

    /** The value of {@code Authorization} for one request. */
    String answer(ApiRequest request, Login login, String clientNonce) {
        String count = HexFormat.of().toHexDigits(uses.incrementAndGet());
        String target = target(request);
        String response = response(request, login, count, clientNonce);
        StringBuilder text = new StringBuilder("Digest ").append(name(login.user()));
        text.append(", realm=").append(quoted(realm())).append(", uri=").append(quoted(target));
        challenge
                .parameter("algorithm")
                .ifPresent(as -> text.append(", algorithm=").append(as));
        text.append(", nonce=").append(quoted(nonce()));
        if (!legacy()) {
            text.append(", nc=").append(count).append(", qop=auth");
        }
        if (!legacy() || session) {
            text.append(", cnonce=").append(quoted(clientNonce));
        }
        text.append(", response=").append(quoted(response));
        challenge.parameter("opaque").ifPresent(as -> text.append(", opaque=").append(quoted(as)));
        return text.toString();
    }

    private String response(ApiRequest request, Login login, String count, String clientNonce) {
        String first = hash(login.user() + ":" + realm() + ":" + login.password());
        String whole = session ? hash(first + ":" + nonce() + ":" + clientNonce) : first;
        String second = hash(request.method() + ":" + target(request));
        return legacy()
                ? hash(whole + ":" + nonce() + ":" + second)
                : hash(String.join(":", whole, nonce(), count, clientNonce, "auth", second));
    }

    private String realm() {
        return challenge.parameter("realm").orElse("");
    }

    private static String target(ApiRequest request) {
        String path = request.url().getRawPath();
        String query = request.url().getRawQuery();
        return (path == null || path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query);
    }

    private static String name(String user) {
        return user.chars().allMatch(c -> c >= 0x20 && c < 0x7F)
                ? "username=" + quoted(user)
                : "username*=UTF-8''" + PathText.encode(user); // RFC 8187
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private String hash(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance(HASHES.getOrDefault(algorithm, "MD5"));
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has this digest", impossible);
        }
    }
}

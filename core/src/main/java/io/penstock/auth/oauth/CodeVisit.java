package io.penstock.auth.oauth;

import io.penstock.auth.AuthMeans;
import io.penstock.auth.Login;
import io.penstock.auth.broker.KeptCredential;
import io.penstock.error.AccessDenied.AuthError;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import reactor.core.publisher.Mono;

/** One visit of a browser to the authorization endpoint: good for one answer within 5 minutes. Safe for concurrent use. */
final class CodeVisit implements Login.Visit {

    private static final long LIFE = Duration.ofMinutes(5).toNanos();

    private final Ask ask;
    private final ServerMetadata server;
    private final TokenEndpoint tokens;
    private final KeptCredential entry;
    private final AuthMeans.Time time;
    private final long began;
    private final AtomicBoolean used = new AtomicBoolean();

    /**
     * What was asked.
     *
     * @param url where the browser goes
     * @param redirect where it comes back to
     * @param state what it must bring back
     * @param verifier what the challenge in {@code url} was made of
     */
    record Ask(URI url, URI redirect, String state, String verifier) {
        @Override
        public String toString() {
            return "a login by " + url.getHost();
        }
    }

    CodeVisit(Ask ask, ServerMetadata server, TokenEndpoint tokens, KeptCredential entry, AuthMeans.Time time) {
        this.ask = ask;
        this.server = server;
        this.tokens = tokens;
        this.entry = entry;
        this.time = time;
        this.began = time.timer().now(TimeUnit.NANOSECONDS);
    }

    @Override
    public URI url() {
        return ask.url();
    }

    @Override
    public boolean answeredBy(Map<String, String> answer) {
        return MessageDigest.isEqual(bytes(answer.getOrDefault("state", "")), bytes(ask.state()));
    }

    @Override
    public Mono<Void> finish(Map<String, String> answer) {
        return Mono.defer(() -> {
            String code = code(answer);
            AtomicReference<Instant> sentAt = new AtomicReference<>(time.clock().instant());
            Map<String, String> form = Map.of(
                    "grant_type",
                    "authorization_code",
                    "code",
                    code,
                    "redirect_uri",
                    ask.redirect().toString(),
                    "code_verifier",
                    ask.verifier());
            return tokens.ask(form, false, () -> sentAt.set(time.clock().instant()))
                    .flatMap(issued -> entry.keep(issued, Objects.requireNonNull(sentAt.get())));
        });
    }

    private String code(Map<String, String> answer) {
        require(
                answeredBy(answer),
                "the answer is not the one to this login (state): open the URL that was printed last");
        require(
                time.timer().now(TimeUnit.NANOSECONDS) - began <= LIFE,
                "the login took longer than 5 minutes: begin again");
        require(used.compareAndSet(false, true), "this login has been answered already: begin again");
        String from = answer.get("iss");
        boolean named = from != null || server.namesItself();
        require(
                !named || server.issuer().isEmpty() || server.issuer().get().equals(from),
                "the answer comes from another authorization server than it was asked of (iss): log in at that of the plan");
        String refusal = answer.get("error");
        if (refusal != null) {
            String word = TokenAnswer.CODE.matcher(refusal).matches() ? refusal : "error";
            throw new AuthError("access was not granted (" + word + "): log in again and allow it");
        }
        String code = answer.getOrDefault("code", "");
        require(!code.isEmpty(), "the answer of the authorization server holds no code: begin again");
        return code;
    }

    private static void require(boolean good, String otherwise) {
        if (!good) {
            throw new AuthError(otherwise);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

package io.penstock.auth.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.auth.AuthMeans;
import io.penstock.auth.Login.DeviceVisit;
import io.penstock.auth.broker.Issued;
import io.penstock.auth.broker.KeptCredential;
import io.penstock.auth.oauth.TokenAnswer.Given;
import io.penstock.auth.oauth.TokenAnswer.Refused;
import io.penstock.error.AccessDenied.AuthError;
import io.penstock.error.BadAnswer.OutcomeUnknown;
import io.penstock.error.BadAnswer.ProtocolError;
import io.penstock.error.PenstockException;
import io.penstock.error.TryLater;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import reactor.core.publisher.Mono;

/** Asks until a person on another device has granted access (RFC 8628, section 3.4). */
final class DevicePoll {

    static final String GRANT = "urn:ietf:params:oauth:grant-type:device_code";

    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9 -]{1,40}");
    private static final Duration SLOWER = Duration.ofSeconds(5);
    private static final long MOST_SECONDS = 3600;

    private final TokenEndpoint tokens;
    private final KeptCredential entry;
    private final AuthMeans.Time time;
    private final String deviceCode;
    private final Duration life;

    private DevicePoll(
            TokenEndpoint tokens, KeptCredential entry, AuthMeans.Time time, String deviceCode, Duration life) {
        this.tokens = tokens;
        this.entry = entry;
        this.time = time;
        this.deviceCode = deviceCode;
        this.life = life;
    }

    /**
     * The visit that a device endpoint's answer describes.
     *
     * @throws ProtocolError if something of it is missing or unfit
     */
    static DeviceVisit visit(JsonNode answer, TokenEndpoint tokens, KeptCredential entry, AuthMeans.Time time) {
        String deviceCode = text(answer, "device_code");
        String userCode = text(answer, "user_code");
        if (!CODE.matcher(userCode).matches()) {
            throw unfit("user_code");
        }
        Duration life = seconds(answer, "expires_in", 0);
        Duration interval = seconds(answer, "interval", 5);
        DevicePoll poll = new DevicePoll(tokens, entry, time, deviceCode, life);
        return new DeviceVisit(url(answer), userCode, life, Mono.defer(() -> poll.next(interval, poll.now())));
    }

    private static URI url(JsonNode answer) {
        try {
            return ServerMetadata.requireSafe(URI.create(text(answer, "verification_uri")));
        } catch (IllegalArgumentException wrong) {
            throw unfit("verification_uri");
        }
    }

    private static String text(JsonNode answer, String name) {
        return ServerJson.text(answer, name)
                .filter(text ->
                        TokenAnswer.VISIBLE.matcher(text.replace(' ', '-')).matches())
                .orElseThrow(() -> unfit(name));
    }

    private static Duration seconds(JsonNode answer, String name, long otherwise) {
        long seconds = answer.path(name).asLong(otherwise);
        if (seconds <= 0) {
            throw unfit(name);
        }
        return Duration.ofSeconds(Math.min(MOST_SECONDS, seconds));
    }

    private static ProtocolError unfit(String name) {
        return new ProtocolError(
                "the answer of the device endpoint has no " + name + ", or an unfit one: check device_url");
    }

    private long now() {
        return time.timer().now(TimeUnit.NANOSECONDS);
    }

    private Mono<Void> next(Duration interval, long began) {
        if (now() - began + interval.toNanos() > life.toNanos()) {
            return Mono.error(new AuthError("nobody granted access in time: begin again"));
        }
        AtomicReference<Instant> sentAt = new AtomicReference<>(time.clock().instant());
        Map<String, String> form = Map.of("grant_type", GRANT, "device_code", deviceCode);
        return Mono.delay(interval, time.timer())
                .then(tokens.answer(form, false, () -> sentAt.set(time.clock().instant())))
                .onErrorResume(DevicePoll::passes, failure -> Mono.just(new Refused("lost")))
                .flatMap(answer -> answer instanceof Given given
                        ? keep(given.issued(), Objects.requireNonNull(sentAt.get()))
                        : judge(((Refused) answer).code(), interval, began));
    }

    private static boolean passes(Throwable failure) {
        return failure instanceof TryLater || failure instanceof OutcomeUnknown;
    }

    private Mono<Void> keep(Issued issued, Instant sentAt) {
        return entry.keep(issued, sentAt);
    }

    private Mono<Void> judge(String code, Duration interval, long began) {
        return switch (code) {
            case "authorization_pending" -> next(interval, began);
            case "slow_down" -> next(interval.plus(SLOWER), began);
            case "lost" -> next(interval.multipliedBy(2), began);
            default -> Mono.<Void>error(refused(code));
        };
    }

    private static PenstockException refused(String code) {
        return new AuthError("access was not granted (" + code + "): "
                + (code.equals("expired_token") ? "begin again" : "log in again and allow it"));
    }
}

package io.penstock.auth.broker;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.auth.AuthMeans;
import io.penstock.config.Secret;
import io.penstock.error.AccessDenied.AuthError;
import io.penstock.error.AccessDenied.ReauthorizationRequired;
import io.penstock.error.BadAnswer.OutcomeUnknown;
import io.penstock.error.StateFailure.StateCorrupt;
import io.penstock.message.ApiRequest;
import io.penstock.message.Headers;
import io.penstock.message.Method;
import io.penstock.message.ResponsePart.Head;
import io.penstock.store.ByteStore;
import io.penstock.store.Vault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Rows U3, U4 and U6: refresh tokens that are replaced by each use. Under 10 s. */
class RotationTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final ApiRequest REQUEST = ApiRequest.of(Method.GET, URI.create("https://api.example.com/a"));

    @TempDir
    private Path home;

    private final RotatingServer server = new RotatingServer();
    private Optional<Secret> seed = Optional.of(Secret.of("r0"));
    private Clock clock = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

    private AuthMeans means(Vault vault) {
        return new AuthMeans(
                (request, going) -> Mono.error(new AssertionError("nothing is sent here")),
                new AuthMeans.Time(Schedulers.parallel(), clock, RandomGenerator.of("L64X128MixRandom")),
                vault,
                "owner",
                secret -> {});
    }

    private Vault vault() {
        return Vault.inDirectory(home.resolve("credentials"), Optional.empty(), Schedulers.parallel());
    }

    private KeptCredential entry(Vault vault) {
        return new KeptCredential(means(vault), "shop", seed, "log in again");
    }

    private Broker broker(Vault vault) {
        return Broker.of("identity", server, entry(vault), means(vault));
    }

    /** What a new process sends its first request with. */
    private String token() {
        return token(broker(vault()));
    }

    private static String token(Broker broker) {
        return requireNonNull(later(broker).block(LIMIT));
    }

    private static Mono<String> later(Broker broker) {
        return broker.ready()
                .then(Mono.defer(() -> broker.authorise(REQUEST)))
                .map(request -> request.headers().first("Authorization").orElseThrow());
    }

    private static boolean refused(Broker broker, String token) {
        return requireNonNull(broker.refused(REQUEST.header("Authorization", token), new Head(401, Headers.NONE, "id"))
                .block(LIMIT));
    }

    @Test
    void anotherProcessTakesTheTokenThatIsKept() {
        assertThat(token()).isEqualTo("Bearer a1");
        assertThat(token()).isEqualTo("Bearer a1");

        assertThat(server.calls).isEqualTo(1);
    }

    @Test
    void aKeptTokenThatIsOverIsReplacedByTheRefreshTokenThatCameWithIt() {
        assertThat(token()).isEqualTo("Bearer a1");
        clock = Clock.offset(clock, Duration.ofMinutes(59));

        assertThat(token()).isEqualTo("Bearer a2");
        assertThat(server.calls).isEqualTo(2);
    }

    /** A wall clock that somebody sets. */
    private static final class SetClock extends Clock {

        private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-30, 120})
    void theWallClockMayBeSetWhileATokenIsAskedFor(long minutes) {
        SetClock wall = new SetClock();
        clock = wall;
        server.after = () -> wall.now = wall.now.plus(Duration.ofMinutes(minutes));
        Broker broker = broker(vault());

        assertThat(token(broker)).isEqualTo("Bearer a1");
        assertThat(token(broker)).isEqualTo("Bearer a1");

        assertThat(server.calls).isEqualTo(1);
        assertThat(broker.expires().orElseThrow())
                .isBetween(wall.now.plus(Duration.ofMinutes(50)), wall.now.plus(Duration.ofMinutes(60)));
    }

    @Test
    void aKeptTokenIsNeverYoungerThanNow() {
        token();
        clock = Clock.offset(clock, Duration.ofMinutes(-30));
        Broker broker = broker(vault());

        assertThat(token(broker)).isEqualTo("Bearer a1");
        assertThat(broker.expires().orElseThrow())
                .isBetween(
                        clock.instant().plus(Duration.ofMinutes(50)),
                        clock.instant().plus(Duration.ofMinutes(60)));
    }

    @Test
    void ofManyBrokersOnOneVaultOneAsks() {
        Vault shared = vault();

        Flux.range(0, 16)
                .flatMap(number -> later(broker(number % 2 == 0 ? shared : vault())), 16)
                .doOnNext(token -> assertThat(token).isEqualTo("Bearer a1"))
                .blockLast(LIMIT);

        assertThat(server.calls).isEqualTo(1);
    }

    @Test
    void aRefusedTokenThatAnotherProcessHasReplacedIsNotRenewed() {
        Broker here = broker(vault());
        Broker there = broker(vault());
        token(here);
        token(there);
        assertThat(refused(there, "Bearer a1")).isTrue();

        assertThat(refused(here, "Bearer a1")).isTrue();

        assertThat(token(here)).isEqualTo("Bearer a2");
        assertThat(server.calls).isEqualTo(2);
    }

    @Test
    void aNewRefreshTokenInThePlanCountsMoreThanTheKeptOne() {
        token();
        server.good = "given anew";
        seed = Optional.of(Secret.of("given anew"));

        assertThat(token()).isEqualTo("Bearer a2");
        assertThat(token()).isEqualTo("Bearer a2");
    }

    @Test
    void withoutAnyGrantAPersonMustLogIn() {
        seed = Optional.empty();

        assertThatThrownBy(this::token)
                .isInstanceOf(ReauthorizationRequired.class)
                .hasMessageContaining("nobody has granted access yet: log in again");
        assertThat(server.calls).isZero();
    }

    @Test
    void aLoginIsTakenByTheNextRequest() {
        seed = Optional.empty();
        server.good = "r9";
        entry(vault())
                .keep(
                        new Issued(Secret.of("a9"), Optional.of(Duration.ofHours(1)), Optional.of(Secret.of("r9"))),
                        clock.instant())
                .block(LIMIT);

        assertThat(token()).isEqualTo("Bearer a9");
        clock = Clock.offset(clock, Duration.ofHours(1));
        assertThat(token()).isEqualTo("Bearer a1");
    }

    @Test
    void aDeadGrantIsKeptAndToldWithoutALoop() {
        server.good = "another";

        assertThatThrownBy(this::token)
                .isInstanceOf(ReauthorizationRequired.class)
                .hasMessageContaining("invalid_grant")
                .hasMessageNotContaining("rotation interrupted");
        assertThatThrownBy(this::token).hasMessageNotContaining("rotation interrupted");
        assertThat(server.calls).isEqualTo(2);
        server.good = "r0";
        assertThat(token()).isEqualTo("Bearer a3"); // nothing was deleted
    }

    @Test
    void aRefusalOfTheClientTakesTheNoteBack() {
        server.before = () -> {
            throw new AuthError("refused (invalid_client)");
        };
        assertThatThrownBy(this::token).isInstanceOf(AuthError.class);
        server.before = () -> {};
        server.good = "another";

        assertThatThrownBy(this::token).hasMessageNotContaining("rotation interrupted");
    }

    @Test
    void aLostAnswerLeavesTheNote() {
        server.after = () -> {
            throw new OutcomeUnknown("lost");
        };
        assertThatThrownBy(this::token).isInstanceOf(AuthError.class);
        server.after = () -> {};

        assertThatThrownBy(this::token)
                .isInstanceOf(ReauthorizationRequired.class)
                .hasMessageContaining("rotation interrupted");
        assertThat(server.calls).isEqualTo(2);
    }

    @Test
    void whatCouldNotBeKeptIsNotUsedAndNotLostWhileTheProcessLives() {
        Vault real = vault();
        AtomicInteger writes = new AtomicInteger();
        Vault full = new Vault(
                new Watched(
                        real.entries(),
                        () -> {
                            if (writes.incrementAndGet() == 2) {
                                throw new StateCorrupt("no space left");
                            }
                        },
                        () -> {}),
                real.locks());
        KeptRenewal renewal = new KeptRenewal(server, entry(full), means(full));
        assertThatThrownBy(() -> renewal.renew(null, () -> {}).block(LIMIT)).isInstanceOf(StateCorrupt.class);

        Token token = requireNonNull(renewal.renew(null, () -> {}).block(LIMIT));

        assertThat(token.isOn(REQUEST.header("Authorization", "Bearer a1"))).isTrue();
        assertThat(server.calls).isEqualTo(1);
        assertThat(token()).isEqualTo("Bearer a1");
    }

    /** Every step of a rotation that a process can die at; only between the server's step and ours is the grant lost. */
    @ParameterizedTest
    @CsvSource({
        "before the note, false",
        "after the note, false",
        "before the server, false",
        "after the server, true",
        "before the pair, true",
        "after the pair, false"
    })
    void aProcessThatDiesMidwayLosesNoGrantButInTheDocumentedWindow(String step, boolean lost) {
        for (boolean first : new boolean[] {true, false}) {
            if (!first) {
                clock = Clock.offset(clock, Duration.ofHours(2)); // the next rotation, of a token that came by one
            }
            Vault real = vault();
            int[] writes = new int[1];
            Vault dying = new Vault(
                    new Watched(
                            real.entries(),
                            () -> die(step, writes[0] == 0 ? "before the note" : "before the pair"),
                            () -> die(step, writes[0]++ == 0 ? "after the note" : "after the pair")),
                    real.locks());
            server.before = () -> die(step, "before the server");
            server.after = () -> die(step, "after the server");
            KeptRenewal renewal = new KeptRenewal(server, entry(dying), means(dying));
            assertThatThrownBy(() -> renewal.renew(null, () -> {}).block(LIMIT)).isInstanceOf(Death.class);
            server.before = () -> {};
            server.after = () -> {};

            if (lost) {
                int calls = server.calls;
                for (int start = 1; start <= 3; start++) {
                    assertThatThrownBy(this::token)
                            .isInstanceOf(ReauthorizationRequired.class)
                            .hasMessageContaining("rotation interrupted");
                    assertThat(server.calls).isEqualTo(calls + start); // one try a start, no loop
                }
                return; // a person must log in before the next rotation
            }
            assertThat(token()).isEqualTo("Bearer a" + server.calls);
        }
    }

    private static void die(String wanted, String here) {
        if (wanted.equals(here)) {
            throw new Death();
        }
    }

    private static final class Death extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** A store that tells of its writes. */
    private record Watched(ByteStore inner, Runnable before, Runnable after) implements ByteStore {

        @Override
        public Mono<Stored> read(String name) {
            return inner.read(name);
        }

        @Override
        public Mono<Long> replace(String name, long expected, byte[] bytes) {
            return Mono.fromRunnable(before)
                    .then(Mono.defer(() -> inner.replace(name, expected, bytes)))
                    .doOnNext(revision -> after.run());
        }
    }
}

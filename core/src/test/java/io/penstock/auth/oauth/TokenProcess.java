package io.penstock.auth.oauth;

import io.penstock.client.ApiClient;
import io.penstock.client.ClientResources;
import io.penstock.config.Secret;
import io.penstock.http.HttpTransport;
import io.penstock.message.ApiResponse;
import io.penstock.store.ByteStore;
import io.penstock.store.Vault;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * One of several processes that share a refresh token: for each line {@code SECONDS} on stdin it sends 20 requests that many seconds
 * ahead of time, and says what became of them.
 */
public final class TokenProcess {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private TokenProcess() {}

    /** Arguments: where the servers are, the vault's folder, and where to halt: a step, or {@code never}. */
    public static void main(String[] arguments) throws Exception {
        URI base = URI.create(arguments[0]);
        Ahead time = new Ahead();
        RandomGenerator random = RandomGenerator.getDefault();
        HttpTransport transport =
                HttpTransport.builder().timer(time).random(random).build();
        try (ClientResources resources = ClientResources.of(transport, time, new AheadClock(time), random);
                BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            ApiClient api = resources
                    .client(base)
                    .concurrency(20)
                    .auth(OAuth.with(Grant.REFRESH_TOKEN)
                            .tokenUrl(base.resolve("/token"))
                            .client("shared")
                            .refreshToken(Secret.of("r0"))
                            .build())
                    .vault(halting(Vault.inDirectory(Path.of(arguments[1]), Optional.empty(), time), arguments[2]))
                    .owner("shop")
                    .build();
            System.out.println("ready");
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                time.ahead = TimeUnit.SECONDS.toNanos(Long.parseLong(line));
                System.out.println(round(api));
            }
        }
    }

    private static String round(ApiClient api) {
        try {
            return Flux.range(0, 20)
                    .flatMap(number -> api.get("/api").exchange(), 20)
                    .map(ApiResponse::status)
                    .distinct()
                    .collectList()
                    .block(LIMIT)
                    .toString();
        } catch (RuntimeException failed) {
            return failed.getClass().getSimpleName() + " " + failed.getMessage();
        }
    }

    private static Vault halting(Vault vault, String step) {
        int[] writes = new int[1];
        ByteStore watched = new ByteStore() {
            @Override
            public Mono<Stored> read(String name) {
                return vault.entries().read(name);
            }

            @Override
            public Mono<Long> replace(String name, long expected, byte[] bytes) {
                return Mono.fromRunnable(() -> halt(step, writes[0] == 0 ? "before the note" : "before the pair"))
                        .then(Mono.defer(() -> vault.entries().replace(name, expected, bytes)))
                        .doOnNext(done -> halt(step, writes[0]++ == 0 ? "after the note" : "after the pair"));
            }
        };
        return new Vault(watched, vault.locks());
    }

    private static void halt(String wanted, String here) {
        if (wanted.equals(here)) {
            Runtime.getRuntime().halt(9);
        }
    }

    /** A clock that can be set forward. */
    private static final class Ahead implements Scheduler {

        private final Scheduler real = Schedulers.parallel();
        private volatile long ahead;

        @Override
        public long now(TimeUnit unit) {
            return unit.convert(real.now(TimeUnit.NANOSECONDS) + ahead, TimeUnit.NANOSECONDS);
        }

        @Override
        public Disposable schedule(Runnable task) {
            return real.schedule(task);
        }

        @Override
        public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
            return real.schedule(task, delay, unit);
        }

        @Override
        public Disposable schedulePeriodically(Runnable task, long delay, long period, TimeUnit unit) {
            return real.schedulePeriodically(task, delay, period, unit);
        }

        @Override
        public Worker createWorker() {
            return real.createWorker();
        }
    }

    private static final class AheadClock extends Clock {

        private final Clock real = Clock.systemUTC();
        private final Ahead time;

        AheadClock(Ahead time) {
            this.time = time;
        }

        @Override
        public java.time.ZoneId getZone() {
            return real.getZone();
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public java.time.Instant instant() {
            return real.instant().plusNanos(time.ahead);
        }
    }
}

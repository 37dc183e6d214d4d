package io.penstock.caches.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.reactive.RedisReactiveCommands;
import io.penstock.error.StateFailure.StateConflict;
import io.penstock.store.Locks;
import java.time.Duration;
import java.util.random.RandomGenerator;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Leases of 30 s that are prolonged while they are held. One that was lost all the same does no harm: what it guards is changed by
 * compare-and-set.
 */
final class RedisLocks implements Locks {

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration PROLONG = Duration.ofSeconds(10);
    private static final Duration BETWEEN = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private static final String IF_OURS = "if redis.call('GET', KEYS[1]) == ARGV[1] then return ";
    private static final String RELEASE = IF_OURS + "redis.call('DEL', KEYS[1]) end return 0";
    private static final String EXTEND = IF_OURS + "redis.call('PEXPIRE', KEYS[1], ARGV[2]) end return 0";

    private final Mono<RedisReactiveCommands<String, byte[]>> commands;
    private final String prefix;
    private final Scheduler timer;
    private final RandomGenerator random;

    RedisLocks(
            Mono<RedisReactiveCommands<String, byte[]>> commands,
            String prefix,
            Scheduler timer,
            RandomGenerator random) {
        this.commands = commands;
        this.prefix = prefix;
        this.timer = timer;
        this.random = random;
    }

    @Override
    public <T> Mono<T> hold(String name, Mono<T> work) {
        String[] keys = {prefix + name + ":lock"};
        return Mono.usingWhen(
                Mono.fromSupplier(this::mark),
                mark -> taken(keys, mark, name)
                        .then(Mono.using(() -> prolonged(keys, mark), held -> work, Disposable::dispose)),
                mark -> eval(RELEASE, keys, mark).onErrorComplete()); // else it runs out
    }

    private byte[] mark() {
        return (Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong())).getBytes(US_ASCII);
    }

    private Mono<String> taken(String[] keys, byte[] mark, String name) {
        return commands.flatMap(
                        redis -> redis.set(keys[0], mark, SetArgs.Builder.nx().px(LEASE)))
                .repeatWhenEmpty(tries -> tries.concatMap(tried -> Mono.delay(BETWEEN, timer), 1))
                .timeout(
                        LONGEST,
                        Mono.error(() -> new StateConflict("another process has held the lock of " + name + " for "
                                + LONGEST.toMinutes() + " minutes: end it, then run again")),
                        timer);
    }

    private Disposable prolonged(String[] keys, byte[] mark) {
        byte[] lease = Long.toString(LEASE.toMillis()).getBytes(US_ASCII);
        return Flux.interval(PROLONG, timer)
                .onBackpressureDrop()
                .concatMap(tick -> eval(EXTEND, keys, mark, lease).onErrorComplete(), 1)
                .subscribe();
    }

    private Mono<Long> eval(String script, String[] keys, byte[]... values) {
        return commands.flatMap(redis ->
                redis.<Long>eval(script, ScriptOutputType.INTEGER, keys, values).next());
    }
}

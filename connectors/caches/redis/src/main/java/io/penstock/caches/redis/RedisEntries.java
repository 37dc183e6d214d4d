package io.penstock.caches.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.reactive.RedisReactiveCommands;
import io.penstock.error.StateFailure.StateConflict;
import io.penstock.error.StateFailure.StateCorrupt;
import io.penstock.store.ByteStore;
import java.time.Duration;
import java.util.Arrays;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Entries as values of the form {@code revision:bytes}, changed by one script each. Durable as far as Redis is. */
final class RedisEntries implements ByteStore {

    private static final byte MARK = ':';
    private static final int LONGEST_REVISION = 18;

    private static final String REPLACE = """
            local found = redis.call('GET', KEYS[1])
            local revision = found and string.match(found, '^(%d+):') or '0'
            if revision ~= ARGV[1] then return tonumber(revision) * -1 - 1 end
            redis.call('SET', KEYS[1], ARGV[2] .. ':' .. ARGV[3])
            return tonumber(ARGV[2])
            """;

    private final Mono<RedisReactiveCommands<String, byte[]>> commands;
    private final String prefix;
    private final Duration timeout;
    private final Scheduler timer;

    RedisEntries(
            Mono<RedisReactiveCommands<String, byte[]>> commands, String prefix, Duration timeout, Scheduler timer) {
        this.commands = commands;
        this.prefix = prefix;
        this.timeout = timeout;
        this.timer = timer;
    }

    @Override
    public Mono<Stored> read(String name) {
        return within(commands.flatMap(redis -> redis.get(prefix + name)), "reading", name)
                .map(value -> stored(name, value));
    }

    private static Stored stored(String name, byte[] value) {
        int mark = 0;
        while (mark < value.length && value[mark] != MARK) {
            mark++;
        }
        String revision = new String(value, 0, Math.min(mark, LONGEST_REVISION), US_ASCII);
        if (mark == value.length || !revision.matches("[1-9][0-9]{0,17}")) {
            throw new StateCorrupt(
                    "the entry " + name + " in Redis is none of ours: restore it, or delete it to start without");
        }
        return new Stored(Long.parseLong(revision), Arrays.copyOfRange(value, mark + 1, value.length));
    }

    @Override
    public Mono<Long> replace(String name, long expected, byte[] bytes) {
        String[] keys = {prefix + name};
        byte[] was = Long.toString(expected).getBytes(US_ASCII);
        byte[] next = Long.toString(expected + 1).getBytes(US_ASCII);
        Mono<Long> replaced =
                commands.flatMap(redis -> redis.<Long>eval(REPLACE, ScriptOutputType.INTEGER, keys, was, next, bytes)
                        .next());
        return within(replaced, "storing", name)
                .flatMap(answer -> answer > 0 ? Mono.just(answer) : conflict(name, expected, answer));
    }

    private static Mono<Long> conflict(String name, long expected, long answer) {
        return Mono.error(new StateConflict("expected revision " + expected + " of " + name + ", found " + (-answer - 1)
                + ": another process has changed it"));
    }

    private <T> Mono<T> within(Mono<T> call, String doing, String name) {
        return call.timeout(timeout, timer)
                .onErrorMap(failure -> new StateCorrupt(
                        doing + " " + name + " in Redis failed: check that the server can be reached", failure));
    }
}

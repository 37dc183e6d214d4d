package io.penstock.runner.limits;

import io.penstock.config.Config;
import io.penstock.config.Setting;
import io.penstock.config.Type;
import io.penstock.config.Types;
import io.penstock.error.BadConfig.ConfigError;
import io.penstock.retry.RetryPolicy;
import java.time.Duration;
import java.util.List;

/** How failed requests are repeated, as a plan writes it. */
final class RetrySettings {

    private static final Setting<Long> MAX_ATTEMPTS =
            Setting.of("max_attempts", "Tries of one request, the first included.", Types.integer(1, 1000), 8);
    private static final Setting<Duration> MAX_ELAPSED =
            Setting.of("max_elapsed", "How long all tries of one request may take together.", Types.duration(), "15m");
    private static final Setting<Duration> MAX_RETRY_AFTER = Setting.of(
            "max_retry_after",
            "The longest wait that a server may ask for; where it asks for longer, the stream ends and says when to go on.",
            Types.duration(),
            "15m");
    private static final Setting<Duration> BASE = Setting.of(
            "base",
            "The most that is waited before the first repeat; twice as long before each further one.",
            Types.duration(),
            "200ms");
    private static final Setting<Duration> THROTTLE_BASE = Setting.of(
            "throttle_base", "The same after a throttle whose answer does not say how long.", Types.duration(), "1s");
    private static final Setting<Duration> CAP =
            Setting.of("cap", "The most that is waited before any repeat.", Types.duration(), "60s");
    private static final Setting<List<Long>> RETRY_ON = Setting.of(
            "also",
            "Statuses that are repeated besides the usual ones.",
            Types.listOf(Types.integer(400, 599)),
            List.of());
    private static final Setting<List<Long>> FAIL_ON = Setting.of(
            "never",
            "Statuses that are not repeated though they usually are.",
            Types.listOf(Types.integer(400, 599)),
            List.of());

    static final Type<RetryPolicy> TYPE = Types.object(
            List.of(MAX_ATTEMPTS, MAX_ELAPSED, MAX_RETRY_AFTER, BASE, THROTTLE_BASE, CAP, RETRY_ON, FAIL_ON),
            RetrySettings::policy);

    private RetrySettings() {}

    private static RetryPolicy policy(Config retry) {
        RetryPolicy.Builder policy = RetryPolicy.builder();
        retry.value(RETRY_ON).forEach(status -> policy.retryOn(status.intValue()));
        retry.value(FAIL_ON).forEach(status -> policy.failOn(status.intValue()));
        try {
            return policy.maxAttempts(retry.value(MAX_ATTEMPTS).intValue())
                    .maxElapsed(retry.value(MAX_ELAPSED))
                    .maxRetryAfter(retry.value(MAX_RETRY_AFTER))
                    .base(retry.value(BASE))
                    .throttleBase(retry.value(THROTTLE_BASE))
                    .cap(retry.value(CAP))
                    .build();
        } catch (ConfigError unfit) {
            throw new IllegalArgumentException(unfit.getMessage(), unfit);
        }
    }
}

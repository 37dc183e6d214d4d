package io.penstock.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.error.BadConfig.ConfigError;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryPolicyTest {

    @Test
    void hasTheDefaultsItPromises() {
        assertThat(RetryPolicy.DEFAULT.maxAttempts()).isEqualTo(8);
        assertThat(RetryPolicy.DEFAULT.maxElapsed()).isEqualTo(Duration.ofMinutes(15));
        assertThat(RetryPolicy.DEFAULT.maxRetryAfter()).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void namesEveryProblemAtOnce() {
        RetryPolicy.Builder builder = RetryPolicy.builder()
                .maxAttempts(0)
                .maxElapsed(Duration.ZERO)
                .base(Duration.ofSeconds(-1))
                .cap(Duration.ofMillis(1))
                .maxRetryAfter(Duration.ofDays(400))
                .failOn(429)
                .retryOn(401);
        assertThatThrownBy(builder::build)
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("7 problems")
                .hasMessageContaining("maxAttempts: expected 1 to 1000, found 0")
                .hasMessageContaining("maxElapsed: expected more than no time")
                .hasMessageContaining("base: expected more than no time")
                .hasMessageContaining("cap: expected at least PT1S")
                .hasMessageContaining("maxRetryAfter: expected more than no time and at most 366 days")
                .hasMessageContaining(
                        "retryOn: expected a status from 400 to 599 other than 401, 403 and 407, found 401")
                .hasMessageContaining("failOn: 429");
    }

    @Test
    void theOrderOfSettersDoesNotMatter() {
        RetryPolicy policy = RetryPolicy.builder()
                .cap(Duration.ofMillis(10))
                .throttleBase(Duration.ofMillis(10))
                .base(Duration.ofMillis(10))
                .jitter(Jitter.DECORRELATED)
                .maxAttempts(1000)
                .build();
        assertThat(policy.maxAttempts()).isEqualTo(1000);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 529})
    void repeatsWhatMaySucceedLater(int status) {
        assertThat(Statuses.retryable(status)).isTrue();
        assertThat(RetryPolicy.DEFAULT.retries(status)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 301, 400, 401, 403, 404, 407, 409, 410, 422, 501, 505, 511, 519, 525, 530})
    void doesNotRepeatWhatWillFailAgain(int status) {
        assertThat(Statuses.retryable(status)).isFalse();
        assertThat(RetryPolicy.DEFAULT.retries(status)).isFalse();
    }

    @Test
    void aPolicyMayAddAndRemoveStatuses() {
        RetryPolicy policy = RetryPolicy.builder().retryOn(409).failOn(500).build();
        assertThat(policy.retries(409)).isTrue();
        assertThat(policy.retries(500)).isFalse();
        assertThat(RetryPolicy.DEFAULT.retries(500)).isTrue();
    }
}

package io.penstock.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.error.BadConfig.SecretMissing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

class RenewedSecretTest {

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration MILLI = Duration.ofMillis(1);

    private final VirtualTimeScheduler timer = VirtualTimeScheduler.create();
    private final AtomicInteger reads = new AtomicInteger();
    private Mono<String> store = Mono.fromSupplier(() -> "value-" + reads.incrementAndGet());
    private final Secret secret = Secret.renewed("vault:shop#token", "value-0", Mono.defer(() -> store), timer);

    private String text() {
        return secret.reveal(text -> text);
    }

    private void ready() {
        secret.ready().block(SOON);
    }

    @Test
    void isReadAgainWhenItIsFiveMinutesOldAndNotBefore() {
        timer.advanceTimeBy(Renewal.KEPT.minus(MILLI));
        ready();
        assertThat(text()).isEqualTo("value-0");
        timer.advanceTimeBy(MILLI);
        ready();
        assertThat(text()).isEqualTo("value-1");
        ready();
        assertThat(reads).hasValue(1);
    }

    @Test
    void servesTheKeptValueWhileTheStoreIsDownAndFailsOnceItIsTooOld() {
        store = Mono.error(new SecretMissing("vault:shop#token: the vault is sealed: unseal it"));
        timer.advanceTimeBy(Renewal.KEPT.minus(MILLI));
        ready();
        timer.advanceTimeBy(MILLI);
        assertThat(secret.ready().materialize().block(SOON).getThrowable())
                .isInstanceOf(SecretMissing.class)
                .hasMessageContaining("vault:shop#token cannot be read again")
                .hasMessageContaining("unseal it")
                .hasMessageNotContaining("value-0");
        store = Mono.just("value-9");
        ready();
        assertThat(text()).isEqualTo("value-9");
    }

    @Test
    void isReadAtMostOnceAMinuteWhenItIsRefused() {
        assertThat(secret.changedSince(secret.fingerprint()).block(SOON)).isTrue();
        String second = secret.fingerprint();
        assertThat(secret.changedSince(second).block(SOON)).isFalse();
        timer.advanceTimeBy(Renewal.APART.minus(MILLI));
        assertThat(secret.changedSince(second).block(SOON)).isFalse();
        assertThat(reads).hasValue(1);
        timer.advanceTimeBy(MILLI);
        assertThat(secret.changedSince(second).block(SOON)).isTrue();
        assertThat(reads).hasValue(2);
    }

    @Test
    void isNotReadForSomebodyWhoWasRefusedWithAnOlderText() {
        String old = secret.fingerprint();
        assertThat(secret.changedSince(old).block(SOON)).isTrue();
        assertThat(secret.changedSince(old).block(SOON)).isTrue();
        assertThat(reads).hasValue(1);
    }

    @Test
    void isReadOnceForManyWhoAreRefusedAtOnceThoughOneOfThemGoesAway() {
        Sinks.One<String> answer = Sinks.one();
        store = answer.asMono().doOnSubscribe(asked -> reads.incrementAndGet());
        String old = secret.fingerprint();
        List<Boolean> told = new ArrayList<>();
        secret.changedSince(old).subscribe(told::add).dispose();
        for (int i = 0; i < 500; i++) {
            secret.changedSince(old).subscribe(told::add);
        }
        answer.tryEmitValue("value-new");
        assertThat(told).hasSize(500).containsOnly(true);
        assertThat(reads).hasValue(1);
        assertThat(text()).isEqualTo("value-new");
    }

    @Test
    void oneThatIsNeverReadAgainHasNoOtherText() {
        Secret fixed = Secret.of("fixed-in-code");
        fixed.ready().block(SOON);
        assertThat(fixed.changedSince(fixed.fingerprint()).block(SOON)).isFalse();
    }

    @Test
    void anEmptyValueIsMissingAndLeavesTheOldOne() {
        store = Mono.just("");
        timer.advanceTimeBy(Renewal.KEPT);
        assertThat(secret.ready().materialize().block(SOON).getThrowable()).isInstanceOf(SecretMissing.class);
        assertThat(text()).isEqualTo("value-0");
    }
}

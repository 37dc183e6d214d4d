package io.penstock.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.config.Secret;
import io.penstock.error.BadConfig.ConfigError;
import io.penstock.error.StateFailure.StateCorrupt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/** The encrypted vault: what a file shows, what a damaged one does, and whose turn it is. Under 10 s. */
class VaultTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String PLAIN = "a refresh token nobody may see";

    @TempDir
    private Path home;

    private Path directory() {
        return home.resolve("credentials");
    }

    private Vault vault(Optional<Secret> key) {
        return Vault.inDirectory(directory(), key, Schedulers.parallel());
    }

    private static void put(Vault vault, long expected, String text) {
        vault.entries().replace("shop", expected, text.getBytes(UTF_8)).block(LIMIT);
    }

    private static String text(Vault vault) {
        return new String(
                requireNonNull(vault.entries().read("shop").block(LIMIT)).bytes(), UTF_8);
    }

    private List<Path> files() throws IOException {
        try (var all = Files.list(directory())) {
            return all.toList();
        }
    }

    @Test
    void anEntryIsReadByAnotherProcessAndShownToNobody() throws IOException {
        put(vault(Optional.empty()), 0, PLAIN);

        assertThat(text(vault(Optional.empty()))).isEqualTo(PLAIN);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory())))
                .isEqualTo("rwx------");
        for (Path file : files()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .as(file.toString())
                    .isEqualTo("rw-------");
            assertThat(new String(Files.readAllBytes(file), UTF_8)).doesNotContain("refresh");
        }
    }

    @Test
    void twoRevisionsOfTheSameAreDifferentBytes() throws IOException {
        Vault vault = vault(Optional.empty());
        put(vault, 0, PLAIN);
        put(vault, 1, PLAIN);

        byte[] odd = Files.readAllBytes(directory().resolve("shop.odd"));
        byte[] even = Files.readAllBytes(directory().resolve("shop.even"));
        assertThat(List.of(odd[odd.length - 1], odd[odd.length - 2], odd[odd.length - 3]))
                .isNotEqualTo(List.of(even[even.length - 1], even[even.length - 2], even[even.length - 3]));
    }

    @Test
    void anOlderEntryCannotBePutBackUnderANewerRevision() {
        MemoryByteStore inner = new MemoryByteStore();
        VaultKey key = VaultKey.given(Secret.of(Base64.getEncoder().encodeToString(new byte[VaultKey.BYTES])));
        EncryptedStore vault = new EncryptedStore(inner, key, "memory", Schedulers.boundedElastic());
        vault.replace("shop", 0, "first".getBytes(UTF_8)).block(LIMIT);
        byte[] first = requireNonNull(inner.read("shop").block(LIMIT)).bytes();
        vault.replace("shop", 1, "second".getBytes(UTF_8)).block(LIMIT);
        assertThat(requireNonNull(vault.read("shop").block(LIMIT)).bytes()).isEqualTo("second".getBytes(UTF_8));

        inner.replace("shop", 2, first).block(LIMIT);
        assertThatThrownBy(() -> vault.read("shop").block(LIMIT))
                .isInstanceOf(StateCorrupt.class)
                .hasMessageContaining("an older one put back");

        first[0] = 1;
        inner.replace("shop", 3, first).block(LIMIT);
        assertThatThrownBy(() -> vault.read("shop").block(LIMIT))
                .isInstanceOf(StateCorrupt.class)
                .hasMessageContaining("shop in memory has form 1, and this version reads form 2")
                .hasMessageContaining("log in again");
    }

    @Test
    void everyFlippedBitAndEveryCutIsAnErrorThatNamesTheMend() throws IOException {
        put(vault(Optional.empty()), 0, "short");
        Path file = directory().resolve("shop.odd");
        byte[] good = Files.readAllBytes(file);
        for (int bit = 0; bit < good.length * 8; bit++) {
            byte[] bad = good.clone();
            bad[bit / 8] ^= (byte) (1 << bit % 8);
            refuses(file, bad);
        }
        for (int length = 0; length < good.length; length++) {
            refuses(file, java.util.Arrays.copyOf(good, length));
        }
        Files.write(file, good);
        assertThat(text(vault(Optional.empty()))).isEqualTo("short");
    }

    private void refuses(Path file, byte[] bad) throws IOException {
        Files.write(file, bad);
        StepVerifier.create(vault(Optional.empty()).entries().read("shop"))
                .expectErrorSatisfies(failure -> assertThat(failure)
                        .isInstanceOf(StateCorrupt.class)
                        .hasMessageContaining("shop.odd")
                        .hasMessageContaining("restore"))
                .verify(LIMIT);
    }

    @Test
    void aDamagedNewestIsNotPassedOverForTheOneBefore() throws IOException {
        Vault vault = vault(Optional.empty());
        put(vault, 0, "old");
        put(vault, 1, "new");
        Path newest = directory().resolve("shop.even");
        byte[] bad = Files.readAllBytes(newest);
        bad[bad.length - 1]++;
        Files.write(newest, bad);

        assertThatThrownBy(() -> text(vault)).isInstanceOf(StateCorrupt.class);
    }

    @Test
    void anotherKeyOpensNothingAndSaysSo() {
        Secret one = Secret.of(Base64.getEncoder().encodeToString(new byte[32]));
        byte[] other = new byte[32];
        other[0] = 1;
        put(vault(Optional.of(one)), 0, PLAIN);

        assertThat(text(vault(Optional.of(one)))).isEqualTo(PLAIN);
        assertThatThrownBy(() ->
                        text(vault(Optional.of(Secret.of(Base64.getEncoder().encodeToString(other))))))
                .isInstanceOf(StateCorrupt.class)
                .hasMessageContaining("another key");
    }

    @Test
    void anEntryIsBoundToItsName() throws IOException {
        put(vault(Optional.empty()), 0, PLAIN);
        Files.copy(directory().resolve("shop.odd"), directory().resolve("bank.odd"));

        assertThatThrownBy(() -> vault(Optional.empty()).entries().read("bank").block(LIMIT))
                .isInstanceOf(StateCorrupt.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "not base64!", "c2hvcnQ="})
    void aKeyThatIsNoneIsRefusedWithTheFix(String key) {
        assertThatThrownBy(() -> put(vault(Optional.of(Secret.named("env:KEY", key + " "))), 0, PLAIN))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("openssl rand -base64 32");
    }

    @Test
    void aKeyFileOthersCanReadIsRefused() throws IOException {
        put(vault(Optional.empty()), 0, PLAIN);
        Files.setPosixFilePermissions(directory().resolve("key"), PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(() -> text(vault(Optional.empty())))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("chmod 600");
    }

    @Test
    void aLostKeyFileIsNotReplacedByAnotherToRead() throws IOException {
        put(vault(Optional.empty()), 0, PLAIN);
        Files.delete(directory().resolve("key"));

        assertThatThrownBy(() -> text(vault(Optional.empty())))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("restore it");
        assertThat(directory().resolve("key")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void oneWorksAtATime(boolean files) {
        Vault one = files ? vault(Optional.empty()) : Vault.inMemory(Schedulers.parallel());
        Vault other = files ? vault(Optional.empty()) : one;
        Sinks.Empty<Void> first = Sinks.empty();
        List<String> order = new CopyOnWriteArrayList<>();
        Mono<Void> held = one.locks()
                .hold(
                        "shop",
                        first.asMono()
                                .doOnSubscribe(begun -> order.add("one begins"))
                                .doOnSuccess(done -> order.add("one ends")));
        Mono<String> waiting =
                other.locks().hold("shop", Mono.fromSupplier(() -> "other").doOnNext(order::add));

        Disposable holding = held.subscribe();
        await(order, 1);
        StepVerifier.create(waiting.doOnSubscribe(asked -> Schedulers.parallel()
                        .schedule(first::tryEmitEmpty, 200, java.util.concurrent.TimeUnit.MILLISECONDS)))
                .expectNext("other")
                .expectComplete()
                .verify(LIMIT);

        assertThat(order).containsExactly("one begins", "one ends", "other");
        holding.dispose();
    }

    private static void await(List<String> order, int size) {
        org.awaitility.Awaitility.await().atMost(LIMIT).until(() -> order.size() >= size);
    }

    @Test
    void aTurnIsGivenUpByFailureAndByCancellation() {
        Vault vault = vault(Optional.empty());
        StepVerifier.create(vault.locks().hold("shop", Mono.error(new IllegalStateException("failed"))))
                .expectErrorMessage("failed")
                .verify(LIMIT);
        List<String> begun = new CopyOnWriteArrayList<>();
        Disposable held = vault.locks()
                .hold("shop", Mono.never().doOnSubscribe(now -> begun.add("begun")))
                .subscribe();
        await(begun, 1);
        Disposable waiting = vault.locks().hold("shop", Mono.never()).subscribe();
        waiting.dispose();
        held.dispose();

        StepVerifier.create(vault.locks().hold("shop", Mono.just("mine")))
                .expectNext("mine")
                .expectComplete()
                .verify(LIMIT);
    }

    @Test
    void nobodyWaitsForEverForATurn() {
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        Vault vault = Vault.inMemory(time);
        vault.locks().hold("shop", Mono.never()).subscribe();
        List<Throwable> failures = new ArrayList<>();
        vault.locks().hold("shop", Mono.just(1)).subscribe(turn -> {}, failures::add);

        time.advanceTimeBy(Duration.ofMinutes(15).minusMillis(1));
        assertThat(failures).isEmpty();
        time.advanceTimeBy(Duration.ofMillis(1));

        assertThat(failures).singleElement().satisfies(late -> assertThat(late).hasMessageContaining("15 minutes"));
        time.dispose();
    }
}

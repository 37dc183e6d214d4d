package io.penstock.testkit.vault;

import static io.penstock.testkit.vault.VaultHooks.KEY;
import static io.penstock.testkit.vault.VaultHooks.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.config.Secret;
import io.penstock.error.StateFailure.StateConflict;
import io.penstock.error.StateFailure.StateCorrupt;
import io.penstock.store.ByteStore;
import io.penstock.store.ByteStore.Stored;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Of what is kept. */
public interface EntriesContract extends VaultHooks {

    /** One process reads what another has stored, byte for byte, and replaces only what it has read. */
    @Test
    default void anEntryIsSharedAndChangedByCompareAndSet() {
        ByteStore here = here(KEY).entries();
        ByteStore there = there(KEY).entries();
        String name = VaultHooks.unused();
        byte[] bytes = {0, ':', (byte) 0xFF, '\n', 7};

        assertThat(here.read(name).blockOptional(LIMIT)).isEmpty();
        assertThat(here.replace(name, 0, bytes).block(LIMIT)).isEqualTo(1);
        Stored found = Objects.requireNonNull(there.read(name).block(LIMIT));
        assertThat(found.revision()).isEqualTo(1);
        assertThat(found.bytes()).isEqualTo(bytes);
        assertThatThrownBy(() -> there.replace(name, 0, bytes).block(LIMIT))
                .isInstanceOf(StateConflict.class)
                .hasMessageContaining("found 1");
        assertThatThrownBy(() -> there.replace(name, 2, bytes).block(LIMIT)).isInstanceOf(StateConflict.class);
        assertThat(there.replace(name, 1, new byte[0]).block(LIMIT)).isEqualTo(2);
        assertThat(Objects.requireNonNull(here.read(name).block(LIMIT)).bytes()).isEmpty();
    }

    /** Nothing is stored under a revision that was never there. */
    @Test
    default void whatIsNotThereIsNotReplaced() {
        assertThatThrownBy(() -> here(KEY)
                        .entries()
                        .replace(VaultHooks.unused(), 1, new byte[1])
                        .block(LIMIT))
                .isInstanceOf(StateConflict.class)
                .hasMessageContaining("found 0");
    }

    /** However many replace one revision at once, in two processes: one does, the others are told. */
    @Test
    default void ofManyWhoReplaceOneRevisionOneDoes() {
        ByteStore here = here(KEY).entries();
        ByteStore there = there(KEY).entries();
        String name = VaultHooks.unused();
        here.replace(name, 0, new byte[] {1}).block(LIMIT);

        List<Long> done = Flux.range(0, 12)
                .flatMap(
                        number -> (number % 2 == 0 ? here : there)
                                .replace(name, 1, new byte[] {number.byteValue()})
                                .onErrorResume(StateConflict.class, late -> Mono.empty()),
                        12)
                .collectList()
                .block(LIMIT);

        assertThat(done).containsExactly(2L);
    }

    /** What is kept is encrypted. */
    @Test
    default void anotherKeyReadsNothing() {
        String name = VaultHooks.unused();
        here(KEY)
                .entries()
                .replace(name, 0, "words".getBytes(StandardCharsets.UTF_8))
                .block(LIMIT);
        byte[] key = new byte[32];
        key[5] = 1;
        Secret other = Secret.of(Base64.getEncoder().encodeToString(key));

        assertThatThrownBy(() -> there(other).entries().read(name).block(LIMIT))
                .isInstanceOf(StateCorrupt.class)
                .hasMessageContaining("another key")
                .hasMessageNotContaining("words");
    }
}

package io.penstock.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.error.StateFailure.StateConflict;
import io.penstock.error.StateFailure.StateCorrupt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Both stores, and what a damaged file leaves of one (C3). Under 10 s. */
class ByteStoreTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir
    private Path home;

    private FileByteStore files;

    private FileByteStore files() {
        files = new FileByteStore(home.resolve("store"));
        return files;
    }

    @AfterEach
    void close() {
        if (files != null) {
            files.close();
        }
    }

    private ByteStore store(String kind) {
        return kind.equals("memory") ? new MemoryByteStore() : files();
    }

    private static String text(ByteStore store, String name) {
        return requireNonNull(store.read(name)
                .map(stored -> stored.revision() + " " + new String(stored.bytes(), UTF_8))
                .defaultIfEmpty("nothing")
                .block(LIMIT));
    }

    private static long put(ByteStore store, String name, long expected, String text) {
        return requireNonNull(
                store.replace(name, expected, text.getBytes(UTF_8)).block(LIMIT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "files"})
    void findsWhatWasStoredLast(String kind) {
        ByteStore store = store(kind);
        assertThat(text(store, "a")).isEqualTo("nothing");
        assertThat(put(store, "a", 0, "one")).isEqualTo(1);
        assertThat(put(store, "a", 1, "two")).isEqualTo(2);
        assertThat(put(store, "a", 2, "")).isEqualTo(3);
        assertThat(put(store, "b", 0, "other")).isEqualTo(1);
        assertThat(text(store, "a")).isEqualTo("3 ");
        assertThat(text(store, "b")).isEqualTo("1 other");
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "files"})
    void refusesAnotherRevisionAndChangesNothing(String kind) {
        ByteStore store = store(kind);
        put(store, "a", 0, "one");
        for (long wrong : new long[] {0, 2}) {
            StepVerifier.create(store.replace("a", wrong, new byte[0]))
                    .expectErrorSatisfies(error ->
                            assertThat(error).isInstanceOf(StateConflict.class).hasMessageContaining("found 1"))
                    .verify(LIMIT);
        }
        assertThat(text(store, "a")).isEqualTo("1 one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "files"})
    void actsOncePerSubscriptionAndNotBefore(String kind) {
        ByteStore store = store(kind);
        Mono<Long> put = store.replace("a", 0, new byte[] {1});
        assertThat(text(store, "a")).isEqualTo("nothing");
        put.block(LIMIT);
        assertThatThrownBy(() -> put.block(LIMIT)).isInstanceOf(StateConflict.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "files"})
    void ofManyAtOnceOneWins(String kind) {
        ByteStore store = store(kind);
        long won = requireNonNull(Flux.range(0, 50)
                .flatMap(
                        i -> store.replace("a", 0, new byte[] {i.byteValue()})
                                .onErrorResume(StateConflict.class, lost -> Mono.empty()),
                        50)
                .count()
                .block(LIMIT));
        assertThat(won).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../a", "A", "a/b", "-a", "a.b", "ä"})
    void refusesNamesThatAreNoPlainFileNames(String name) {
        for (String kind : new String[] {"memory", "files"}) {
            ByteStore store = store(kind);
            assertThatThrownBy(() -> store.read(name)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> store.replace(name, 0, new byte[0])).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void anotherStoreOfTheSameDirectoryGoesOn() {
        put(files(), "a", 0, "one");
        files.close();
        assertThat(put(files(), "a", 1, "two")).isEqualTo(2);
    }

    @Test
    void filesAreTheirOwnersAlone() throws IOException {
        put(files(), "a", 0, "one");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("store"))))
                .isEqualTo("rwx------");
        try (Stream<Path> all = Files.list(home.resolve("store"))) {
            assertThat(all)
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void everyFlippedByteAndEveryCutOfTheNewestLeavesTheOneBefore() throws IOException {
        put(files(), "a", 0, "one");
        put(files, "a", 1, "two");
        Path newest = home.resolve("store/a.even");
        byte[] whole = Files.readAllBytes(newest);
        for (int i = 0; i < whole.length; i++) {
            byte[] flipped = whole.clone();
            flipped[i] ^= 1;
            Files.write(newest, flipped);
            assertThat(text(files, "a")).as("byte %d flipped", i).isEqualTo("1 one");
            Files.write(newest, Arrays.copyOf(whole, i));
            assertThat(text(files, "a")).as("cut at %d", i).isEqualTo("1 one");
        }
        Files.write(newest, whole);
        assertThat(text(files, "a")).isEqualTo("2 two");
    }

    @Test
    void ifNeitherCanBeReadItIsCorruptAndNotEmpty() throws IOException {
        put(files(), "a", 0, "one");
        Files.write(home.resolve("store/a.odd"), new byte[] {1, 2, 3});
        assertThatThrownBy(() -> text(files, "a"))
                .isInstanceOf(StateCorrupt.class)
                .hasMessageContaining("backup");
        assertThatThrownBy(() -> put(files, "a", 0, "new")).isInstanceOf(StateCorrupt.class);
    }

    @Test
    void whatAKillLeftBesideIsWrittenOver() throws IOException {
        put(files(), "a", 0, "one");
        Files.write(home.resolve("store/a.new"), new byte[1_000]);
        assertThat(put(files, "a", 1, "two")).isEqualTo(2);
        assertThat(text(files, "a")).isEqualTo("2 two");
    }

    @Test
    void aLinkIsNotFollowed() throws IOException {
        put(files(), "a", 0, "one");
        Path elsewhere = Files.move(home.resolve("store/a.odd"), home.resolve("elsewhere"));
        Files.createSymbolicLink(home.resolve("store/a.odd"), elsewhere);
        assertThatThrownBy(() -> text(files, "a")).isInstanceOf(StateCorrupt.class);
    }

    @Test
    void aDirectoryThatCannotBeMadeIsATypedError() throws IOException {
        Files.write(home.resolve("store"), new byte[0]);
        assertThatThrownBy(() -> put(files(), "a", 0, "one"))
                .isInstanceOf(StateCorrupt.class)
                .hasMessageContaining("storing a");
    }

    @Test
    void refusesWhatIsNoSmallEntry() {
        StepVerifier.create(files().replace("a", 0, new byte[(16 << 20) + 1]))
                .expectError()
                .verify(LIMIT);
        assertThat(text(files, "a")).isEqualTo("nothing");
    }
}

package io.penstock.runner.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.client.ApiClient;
import io.penstock.config.Secret;
import io.penstock.config.SecretSource;
import io.penstock.error.BadConfig.SecretMissing;
import io.penstock.redact.Redaction;
import io.penstock.secret.SecretRuntime;
import io.penstock.secret.SecretStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

class KeyringTest {

    private static final Duration SOON = Duration.ofSeconds(5);

    @TempDir
    Path folder;

    private final VirtualTimeScheduler timer = VirtualTimeScheduler.create();
    private final Redaction redaction = Redaction.empty();

    private Keyring keyring(Map<String, String> process) {
        return Keyring.of(
                Variables.beside(folder, process),
                redaction,
                new SecretRuntime(base -> ApiClient.at(base.toString()), timer, redaction::learn));
    }

    private static String text(Secret secret) {
        return secret.reveal(text -> text);
    }

    @Test
    void theProcessComesBeforeTheFileBesideThePlanAndEmptyIsNotSet() throws IOException {
        Files.writeString(folder.resolve(".env"), "# shop\nBOTH=from-the-file\nFILE=only-in-file\nEMPTY=in-the-file\n");
        Keyring keyring = keyring(Map.of("BOTH", "from-the-process", "EMPTY", ""));
        SecretSource source = keyring.in(folder);
        assertThat(text(source.resolve("env", "BOTH"))).isEqualTo("from-the-process");
        assertThat(text(source.resolve("env", "FILE"))).isEqualTo("only-in-file");
        assertThat(text(source.resolve("env", "EMPTY"))).isEqualTo("in-the-file");
        assertThat(keyring.origin("BOTH")).contains("environment");
        assertThat(keyring.origin("FILE")).contains(".env line 3");
        assertThat(keyring.origin("NONE")).isEmpty();
        assertThatThrownBy(() -> source.resolve("env", "NONE")).isInstanceOf(SecretMissing.class);
    }

    @Test
    void hidesWhatItHasFoundBeforeItIsUsed() {
        keyring(Map.of("TOKEN", "sesame-open")).in(folder).resolve("env", "TOKEN");
        assertThat(redaction.hide("say sesame-open")).isEqualTo("say ***");
    }

    @Test
    void warnsOfSecretsTooShortToBeHiddenAndOfAFileThatEverybodyMayRead() throws IOException {
        Path file = Files.writeString(folder.resolve(".env"), "PIN=12345\nLONG=123456\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        Keyring keyring = keyring(Map.of());
        keyring.in(folder).resolve("env", "PIN");
        keyring.in(folder).resolve("env", "LONG");
        assertThat(keyring.warnings())
                .hasSize(2)
                .anyMatch(warning -> warning.contains("chmod 600") && warning.contains(".env"))
                .anyMatch(warning -> warning.contains("env:PIN has fewer than 6 bytes"))
                .noneMatch(warning -> warning.contains("12345"));
    }

    @Test
    void aFileIsReadAgainWhenItIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "first-token");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        SecretSource source = keyring(Map.of()).in(folder);
        Secret secret = source.resolve("file", "token");
        assertThat(source.resolve("file", "token")).isSameAs(secret);
        Files.writeString(file, "second-token\n");
        assertThat(secret.changedSince(secret.fingerprint()).block(SOON)).isTrue();
        assertThat(text(secret)).isEqualTo("second-token");
        assertThat(redaction.hide("first-token second-token")).isEqualTo("*** ***");
    }

    @Test
    void aStoreIsAskedOnceForAReferenceThatStandsInAPlanTwice() {
        AtomicInteger reads = new AtomicInteger();
        AtomicBoolean closed = new AtomicBoolean();
        SecretStore store = new SecretStore() {
            @Override
            public Mono<String> read(String name) {
                return Mono.fromSupplier(() -> name + "-read-" + reads.incrementAndGet());
            }

            @Override
            public void close() {
                closed.set(true);
            }
        };
        Keyring keyring = keyring(Map.of());
        SecretSource source = keyring.in(folder, Map.of("safe", store));
        Secret secret = source.resolve("safe", "shop#token");
        assertThat(source.resolve("safe", "shop#token")).isSameAs(secret);
        assertThat(secret.reference()).isEqualTo("safe:shop#token");
        assertThat(reads).hasValue(1);
        timer.advanceTimeBy(Duration.ofMinutes(5));
        secret.ready().block(SOON);
        assertThat(redaction.hide("shop#token-read-1 shop#token-read-2")).isEqualTo("*** ***");
        keyring.close();
        assertThat(closed).isTrue();
    }

    @Test
    void aStoreThatIsDownAtTheStartIsAMissingSecret() {
        SecretStore down = new SecretStore() {
            @Override
            public Mono<String> read(String name) {
                return Mono.error(new SecretMissing("${safe:" + name + "} cannot be read: the safe is shut"));
            }

            @Override
            public void close() {}
        };
        SecretSource source = keyring(Map.of()).in(folder, Map.of("safe", down));
        assertThatThrownBy(() -> source.resolve("safe", "x"))
                .isInstanceOf(SecretMissing.class)
                .hasMessageContaining("the safe is shut");
        assertThatThrownBy(() -> source.resolve("saef", "x")).hasMessageContaining("use env, file or safe");
    }
}

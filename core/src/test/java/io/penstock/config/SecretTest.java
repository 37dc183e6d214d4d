package io.penstock.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.error.BadConfig.SecretMissing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretTest {

    @TempDir
    Path folder;

    @Test
    void showsItselfNowhere() {
        Secret secret = Secret.named("env:TOKEN", "hunter2");
        assertThat(secret).hasToString("***");
        assertThat("token " + secret).doesNotContain("hunter2");
        assertThat(secret).isNotEqualTo(Secret.of("hunter2"));
        assertThat(secret.reveal(String::length)).isEqualTo(7);
    }

    @Test
    void isNeverEmpty() {
        assertThatThrownBy(() -> Secret.named("file:x", ""))
                .isInstanceOf(SecretMissing.class)
                .hasMessageContaining("file:x");
    }

    @Test
    void readsAFileWithoutItsLastLineBreak() throws IOException {
        Path file = kept(Files.writeString(folder.resolve("token"), "  hunter2 \r\n"));
        SecretSource source = SecretSource.of(Map.of());
        assertThat(source.resolve("file", file.toString()).<String>reveal(text -> text))
                .isEqualTo("  hunter2 ");
        assertThatThrownBy(() -> source.resolve("file", folder.resolve("none").toString()))
                .isInstanceOf(SecretMissing.class)
                .hasMessageContaining("none");
        Path empty = kept(Files.writeString(folder.resolve("empty"), "\n"));
        assertThatThrownBy(() -> source.resolve("file", empty.toString())).isInstanceOf(SecretMissing.class);
    }

    @Test
    void aPathThatIsNoneOrNoTextIsMissingNotABug() throws IOException {
        SecretSource source = SecretSource.of(Map.of());
        assertThatThrownBy(() -> source.resolve("file", "a\0b")).isInstanceOf(SecretMissing.class);
        Path binary = kept(Files.write(folder.resolve("binary"), new byte[] {(byte) 0xFF, (byte) 0xFE}));
        assertThatThrownBy(() -> source.resolve("file", binary.toString())).isInstanceOf(SecretMissing.class);
    }

    @Test
    void knowsTwoSchemes() {
        assertThatThrownBy(() -> SecretSource.of(Map.of()).resolve("vault", "x"))
                .isInstanceOf(SecretMissing.class)
                .hasMessageContaining("${vault:x}")
                .hasMessageContaining("env or file");
        assertThatThrownBy(() -> SecretSource.of(Map.of("A", "")).resolve("env", "A"))
                .isInstanceOf(SecretMissing.class);
    }

    @Test
    void refusesAFileThatEveryUserMayReadAndSaysHowToMendThat() throws IOException {
        Path file = kept(Files.writeString(folder.resolve("token"), "hunter2-hunter2"));
        for (String mode : List.of("rw-r--r--", "rw----r--")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
            assertThatThrownBy(() -> SecretSource.of(Map.of()).resolve("file", file.toString()))
                    .isInstanceOf(SecretMissing.class)
                    .hasMessageContaining("chmod o-r " + file)
                    .hasMessageNotContaining("hunter2");
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(SecretSource.of(Map.of()).resolve("file", file.toString()).<Integer>reveal(String::length))
                .isEqualTo(15);
    }

    private static Path kept(Path file) throws IOException {
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}

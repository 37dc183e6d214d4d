package io.penstock.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.error.StateFailure.StateCorrupt;
import io.penstock.parts.directory.Disk;
import io.penstock.parts.directory.SliceState;
import io.penstock.parts.directory.StateFile;
import io.penstock.record.Cursor;
import io.penstock.record.StreamId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manifest is whole, or it is the one before. */
final class ManifestTest {

    private static final StreamId ORDERS = StreamId.of("shop", "orders");

    @TempDir
    Path directory;

    private StateFile<Manifest> file;
    private Path newest;

    @BeforeEach
    void saveTwo() throws IOException {
        newest = Files.createDirectory(directory.resolve(".penstock")).resolve("manifest");
        file = PartsTarget.stateFile(directory, Disk.REAL);
        file.save(manifest(1));
        file.save(manifest(2));
    }

    private static Manifest manifest(long version) {
        Part part = new Part("country=DE/part-000001-000001.parquet", 1234, version, -5);
        SliceState slice = new SliceState(version, 1, Optional.of(new Cursor("c" + version)));
        PartsGeneration rows = new PartsGeneration(List.of(part), Map.of("all", slice), "{\"columns\":[]}");
        return new Manifest(3, ".parquet", Map.of())
                .with(new StreamParts(ORDERS, "orders", rows, Optional.of(rows.forgotten()), List.of("old")));
    }

    @Test
    void itReadsBackAsItWas() throws IOException {
        assertThat(file.load()).contains(manifest(2));
    }

    @Test
    void everyPrefixFallsBackToThePreviousGeneration() throws IOException {
        byte[] whole = Files.readAllBytes(newest);
        for (int length = 0; length < whole.length; length++) {
            Files.write(newest, Arrays.copyOf(whole, length));
            assertThat(file.load()).as("prefix of %d bytes", length).contains(manifest(1));
        }
    }

    @Test
    void everyFlippedBitFallsBackToThePreviousGeneration() throws IOException {
        byte[] whole = Files.readAllBytes(newest);
        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(newest, flipped);
            assertThat(file.load()).as("bit %d", bit).contains(manifest(1));
        }
    }

    @Test
    void aNewerFormatIsStateCorruptAndStaysAsItIs() throws IOException {
        byte[] newer =
                StateFile.encode("penstock-manifest", StateFile.FORMAT + 1, "{}".getBytes(StandardCharsets.US_ASCII));
        Files.write(newest, newer);
        assertThatThrownBy(file::load).isInstanceOf(StateCorrupt.class).hasMessageContaining("format 2");
        assertThat(Files.readAllBytes(newest)).isEqualTo(newer);
    }
}

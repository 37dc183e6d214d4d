package io.penstock.decode.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.decode.Decoded;
import io.penstock.decode.Decoder;
import io.penstock.record.Pointer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** Zip archives: every entry proven, or a typed failure. Budget: 15 s. */
class ZipDecoderTest {

    private static final List<String> LINES = List.of("{\"id\":1}", "{\"id\":2}", "{\"id\":\"3\"}");

    private static byte[] archive(boolean stored) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("folder/"));
            add(zip, "folder/one.json", "{\"items\":[{\"id\":1},{\"id\":2}]}", stored);
            add(zip, "__MACOSX/._one.json", "junk", false);
            add(zip, "folder/.hidden.json", "junk", false);
            add(zip, "two.json", "{\"items\":[{\"id\":\"3\"}]}", false);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return bytes.toByteArray();
    }

    private static void add(ZipOutputStream zip, String name, String text, boolean stored) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ZipEntry entry = new ZipEntry(name);
        if (stored) {
            CRC32 crc = new CRC32();
            crc.update(bytes);
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(bytes.length);
            entry.setCrc(crc.getValue());
        }
        zip.putNextEntry(entry);
        zip.write(bytes);
    }

    private static Decoder decoder() {
        return Format.json().zipped(".json").decoder(Pointer.of("/items"), Set.of());
    }

    @Test
    void readsEachFileHoweverTheArchiveIsCut() {
        for (boolean stored : List.of(false, true)) {
            byte[] archive = archive(stored);
            for (int size = 1; size < 80; size++) {
                Decoded read = Decoded.cut(decoder(), archive, size);
                assertThat(read.failure()).isEmpty();
                assertThat(read.lines()).isEqualTo(LINES);
            }
        }
    }

    @Test
    void anArchiveThatIsCutAnywhereIsNeverASuccess() {
        byte[] archive = archive(true);
        for (int at = 0; at < archive.length; at++) {
            assertThat(Decoded.cut(decoder(), Arrays.copyOf(archive, at), 16).failure())
                    .as("cut at %d", at)
                    .matches("(?s)(TruncatedResponse|MalformedPayload).*");
        }
    }

    @Test
    void anArchiveThatIsDamagedAnywhereGivesTheSameRecordsOrATypedFailure() {
        byte[] archive = archive(false);
        for (long seed = 0; seed < 4_000; seed++) {
            Random random = new Random(seed);
            byte[] damaged = archive.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 + random.nextInt(255));
            Decoded read = Decoded.cut(decoder(), damaged, 1 + random.nextInt(100));
            if (!read.failed()) {
                assertThat(LINES).as("seed %d", seed).containsAll(read.lines());
            }
        }
    }

    @Test
    void refusesWhatIsNoArchiveAndWhatFollowsOne() {
        byte[] archive = archive(false);
        assertThat(Decoded.whole(decoder(), "{\"items\":[]}".getBytes(StandardCharsets.UTF_8))
                        .failure())
                .startsWith("MalformedPayload");
        assertThat(Decoded.whole(decoder(), Arrays.copyOf(archive, archive.length + 1))
                        .failure())
                .startsWith("MalformedPayload");
        assertThat(Decoded.whole(Format.csv().zipped(".csv").decoder(Pointer.ROOT, Set.of()), archive)
                        .failure())
                .startsWith("UnexpectedContent");
    }

    @Test
    void stopsABombBeforeItUnpacks() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("a.ndjson"));
            byte[] blanks = new byte[1 << 20];
            Arrays.fill(blanks, (byte) '\n');
            for (int i = 0; i < 100; i++) {
                zip.write(blanks);
            }
        }
        Decoder decoder = Format.ndjson().zipped("").decoder(Pointer.ROOT, Set.of());
        assertThat(Decoded.whole(decoder, bytes.toByteArray()).failure()).startsWith("LimitExceeded");
    }

    @Test
    void countsEntriesAndBytes() {
        for (ArchiveLimits limits : List.of(new ArchiveLimits(1 << 20, 200, 3), new ArchiveLimits(40, 200, 100))) {
            Decoder decoder = Format.json().zipped(".json", limits).decoder(Pointer.of("/items"), Set.of());
            assertThat(Decoded.whole(decoder, archive(false)).failure()).startsWith("LimitExceeded");
        }
    }

    @Test
    void unpacksAsItIsAskedTo() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("a.csv"));
            zip.write("id,name\n".getBytes(StandardCharsets.UTF_8));
            Random random = new Random(1);
            for (int i = 0; i < 200_000; i++) {
                zip.write((i + "," + Long.toHexString(random.nextLong()) + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        Decoder decoder = Format.csv().zipped("").decoder(Pointer.ROOT, Set.of());
        int records = decoder.decode(bytes.toByteArray(), true).size();
        assertThat(records).isBetween(1, 40_000);
        while (decoder.pending()) {
            records += decoder.decode(new byte[0], true).size();
        }
        assertThat(records).isEqualTo(200_000);
    }

    @Test
    void givesNothingOnceItIsClosed() {
        Decoder decoder = decoder();
        decoder.close();
        assertThat(decoder.decode(archive(false), true).size()).isZero();
        assertThat(decoder.pending()).isFalse();
    }
}

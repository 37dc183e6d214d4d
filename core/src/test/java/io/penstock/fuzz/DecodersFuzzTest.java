package io.penstock.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.penstock.decode.DecodeLimits;
import io.penstock.decode.Decoded;
import io.penstock.decode.Decoder;
import io.penstock.decode.format.Format;
import io.penstock.record.Pointer;
import java.util.Set;
import java.util.function.Supplier;

/** Whatever bytes come, every decoder makes the same of them however they are cut, or fails with a type. Budget: 5 s replayed. */
class DecodersFuzzTest {

    private static final DecodeLimits SMALL = new DecodeLimits(1 << 12, 20, 64, 1 << 10, 100, 50);

    @FuzzTest(maxDuration = "15s")
    void json(byte[] document) {
        judge(() -> Format.json().within(SMALL).decoder(Pointer.of("/items"), Set.of(Pointer.of("/next"))), document);
        judge(() -> Format.json().within(SMALL).decoder(Pointer.of("/*/items"), Set.of()), document);
        judge(() -> Format.json().within(SMALL).decoder(Pointer.ROOT, Set.of()), document);
    }

    @FuzzTest(maxDuration = "15s")
    void ndjson(byte[] document) {
        judge(() -> Format.ndjson().within(SMALL).decoder(Pointer.ROOT, Set.of()), document);
    }

    @FuzzTest(maxDuration = "15s")
    void csv(byte[] document) {
        judge(() -> Format.csv().within(SMALL).decoder(Pointer.ROOT, Set.of()), document);
    }

    @FuzzTest(maxDuration = "15s")
    void xml(byte[] document) {
        judge(() -> Format.xml().within(SMALL).decoder(Pointer.of("/r/i"), Set.of(Pointer.of("/r/next"))), document);
    }

    @FuzzTest(maxDuration = "15s")
    void zip(byte[] document) {
        judge(() -> Format.ndjson().within(SMALL).zipped("").decoder(Pointer.ROOT, Set.of()), document);
    }

    private static void judge(Supplier<Decoder> decoders, byte[] document) {
        Decoded whole = Decoded.whole(decoders.get(), document);
        for (int size : new int[] {1, 7, 64}) {
            Decoded cut = Decoded.cut(decoders.get(), document, size);
            assertThat(cut.failed()).isEqualTo(whole.failed());
            assertThat(cut.lines()).isEqualTo(whole.lines());
            assertThat(cut.values()).isEqualTo(whole.values());
        }
    }
}

package io.penstock.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.decode.DecodeLimits;
import io.penstock.decode.Decoded;
import io.penstock.decode.Decoder;
import io.penstock.decode.format.Format;
import io.penstock.record.Pointer;
import java.util.Set;

/** However a document is cut, a decoder makes the same of it, or fails with a type each time. */
final class Pieces {

    private static final DecodeLimits SMALL = new DecodeLimits(1 << 12, 20, 64, 1 << 10, 100, 50);
    private static final int[] SIZES = {1, 7, 64};

    private Pieces() {}

    /** Judges {@code document}, read as {@code format} within small limits. */
    static void judge(Format format, Pointer records, Set<Pointer> captures, byte[] document) {
        Decoded whole = Decoded.whole(decoder(format, records, captures), document.clone());
        for (int size : SIZES) {
            Decoded cut = Decoded.cut(decoder(format, records, captures), document, size);
            assertThat(cut.failed()).isEqualTo(whole.failed());
            assertThat(cut.lines()).isEqualTo(whole.lines());
            assertThat(cut.values()).isEqualTo(whole.values());
        }
    }

    private static Decoder decoder(Format format, Pointer records, Set<Pointer> captures) {
        return format.within(SMALL).decoder(records, captures);
    }
}

package io.penstock.decode;

import io.penstock.error.PenstockException;
import io.penstock.record.Pointer;
import io.penstock.record.RecordBytes;
import io.penstock.record.Shape;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;

/** Everything a decoder made of a document, however it was cut. */
public record Decoded(List<String> lines, Map<Pointer, String> values, Shape shape, String failure) {

    static final Pointer ROOT = Pointer.ROOT;

    static Decoded of(String document, String records, String... captures) {
        byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
        return cut(json(records, captures), bytes, bytes.length + 1);
    }

    static Decoder json(String records, String... captures) {
        Set<Pointer> pointers =
                Set.copyOf(Arrays.stream(captures).map(Pointer::of).toList());
        return Decoders.json(Pointer.of(records), pointers, DecodeLimits.DEFAULT);
    }

    public static Decoded whole(Decoder decoder, byte[] document) {
        return cut(decoder, document, Math.max(1, document.length));
    }

    public static Decoded cut(Decoder decoder, byte[] document, int size) {
        return cut(decoder, document, () -> size);
    }

    /** Feeds the document in pieces of the sizes given; the failure is its kind and message, empty if there was none. */
    public static Decoded cut(Decoder decoder, byte[] document, IntSupplier sizes) {
        List<String> lines = new ArrayList<>();
        Shape shape = Shape.EMPTY;
        try {
            int from = 0;
            boolean last = false;
            while (!last) {
                int to = (int) Math.min(document.length, (long) from + sizes.getAsInt());
                last = to == document.length;
                byte[] piece = Arrays.copyOfRange(document, from, to);
                do {
                    RecordBytes records = decoder.decode(piece, last);
                    for (int i = 0; i < records.size(); i++) {
                        lines.add(records.text(i));
                    }
                    shape = records.size() > 0 ? records.shape() : shape;
                    piece = new byte[0];
                } while (decoder.pending());
                from = to;
            }
        } catch (PenstockException failure) {
            return new Decoded(List.of(), Map.of(), Shape.EMPTY, failure.code() + ": " + failure.getMessage());
        }
        return new Decoded(lines, decoder.values().byPointer(), shape, "");
    }

    public boolean failed() {
        return !failure.isEmpty();
    }
}

package io.penstock.columns;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.penstock.record.RecordBytes;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.Set;

/**
 * Finds numbers that DuckDB would round: it reads every number with a fraction or an exponent as 64-bit floating point.
 *
 * <p>Only a number of 16 characters or more, or with an exponent of three digits, can be such a one, so that most records are
 * passed over by looking at every fifth byte. The others are parsed.
 */
public final class NumberScan {

    private static final JsonFactory JSON = new JsonFactory();
    private static final BigInteger WHOLE = BigInteger.ONE.shiftLeft(53);
    private static final int SHORTEST = 5;
    private static final int LONG = 16;
    private static final int SURE = 15; // this many decimal digits always fit
    private static final boolean[] NUMERIC = new boolean[256];

    static {
        for (char c : "0123456789+-.eE".toCharArray()) {
            NUMERIC[c] = true;
        }
    }

    private final Set<String> inexact = new HashSet<>();
    private final Set<String> wide = new HashSet<>();

    /** Top-level fields that hold, at any depth, a number which no numeric column takes exactly. */
    public Set<String> inexact() {
        return inexact;
    }

    /** Top-level fields that hold an integer beyond 2 to the power of 53. */
    public Set<String> wide() {
        return wide;
    }

    /** Forgets what was found. */
    public void clear() {
        inexact.clear();
        wide.clear();
    }

    /** Looks at every number of {@code records}. */
    public void scan(RecordBytes records) throws IOException {
        byte[] array = records.array();
        for (int i = 0; i < records.size(); i++) {
            if (suspicious(array, records.start(i), records.end(i))) {
                parse(array, records.start(i), records.end(i) - records.start(i));
            }
        }
    }

    private static boolean suspicious(byte[] array, int from, int to) {
        for (int p = from + SHORTEST - 1; p < to; p += SHORTEST) {
            if (NUMERIC[array[p] & 0xFF]) {
                int start = p;
                while (start > from && NUMERIC[array[start - 1] & 0xFF]) {
                    start--;
                }
                int end = p + 1;
                while (end < to && NUMERIC[array[end] & 0xFF]) {
                    end++;
                }
                if (suspicious(array, from, start, end)) {
                    return true;
                }
                p = end;
            }
        }
        return false;
    }

    private static boolean suspicious(byte[] array, int from, int start, int end) {
        boolean value = start == from || ":,[ \t".indexOf(array[start - 1]) >= 0;
        return value && (end - start >= LONG || (end - start >= SHORTEST && exponent(array, start, end) >= 3));
    }

    private static int exponent(byte[] array, int start, int end) {
        int digits = 0;
        for (int p = end - 1; p > start; p--) {
            if (array[p] == 'e' || array[p] == 'E') {
                return digits;
            }
            digits += array[p] >= '0' && array[p] <= '9' ? 1 : 0;
        }
        return 0;
    }

    private void parse(byte[] array, int from, int length) throws IOException {
        try (JsonParser parser = JSON.createParser(array, from, length)) {
            int depth = 0;
            String field = Columns.VALUE;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isStructStart()) {
                    depth++;
                } else if (token.isStructEnd()) {
                    depth--;
                } else if (token == JsonToken.FIELD_NAME && depth == 1) {
                    field = parser.currentName();
                } else if (token == JsonToken.VALUE_NUMBER_FLOAT && !exact(parser.getText())) {
                    inexact.add(field);
                } else if (token == JsonToken.VALUE_NUMBER_INT && depth <= 1) {
                    integer(field, parser.getBigIntegerValue());
                }
            }
        }
    }

    private void integer(String field, BigInteger value) {
        if (value.bitLength() > 126) {
            inexact.add(field);
        } else if (value.abs().compareTo(WHOLE) > 0) {
            wide.add(field);
        }
    }

    /** Whether the number reads back as itself once it was a floating point number. */
    public static boolean exact(String number) {
        double value = Double.parseDouble(number);
        if (!Double.isFinite(value)) {
            return false;
        }
        BigDecimal digits = new BigDecimal(number);
        boolean few = digits.stripTrailingZeros().precision() <= SURE && Math.abs(value) >= Double.MIN_NORMAL;
        return few || digits.compareTo(new BigDecimal(Double.toString(value))) == 0;
    }
}

package io.penstock.sink;

import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;

/**
 * A record that a stage has given back.
 *
 * @param page where it was read
 * @param record its bytes, without the line feed
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are handed over, never compared
public record TakenOut(long page, byte[] record) {

    /**
     * Takes single lines out of those of one page; what is left moves up.
     *
     * @param lines each with its line feed
     * @param first the position of the first line
     * @param positions of the lines to take
     * @param taken gets them
     * @return how many bytes are left
     */
    static int from(byte[] lines, long page, long first, SortedSet<Long> positions, List<TakenOut> taken) {
        int kept = 0;
        int start = 0;
        for (long position = first; start < lines.length; position++) {
            int end = start;
            while (lines[end] != '\n') {
                end++;
            }
            int next = end + 1;
            if (positions.contains(position)) {
                taken.add(new TakenOut(page, Arrays.copyOfRange(lines, start, end)));
            } else {
                System.arraycopy(lines, start, lines, kept, next - start);
                kept += next - start;
            }
            start = next;
        }
        return kept;
    }
}

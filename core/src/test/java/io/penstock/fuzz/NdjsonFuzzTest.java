package io.penstock.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.penstock.decode.Differential;
import io.penstock.decode.format.Format;
import io.penstock.record.Pointer;
import java.util.Set;

/** Whatever bytes come: what Jackson finds in each line, however the body is cut, or a typed failure. */
class NdjsonFuzzTest {

    @FuzzTest(maxDuration = "15s")
    void ndjson(byte[] document) {
        Pieces.judge(Format.ndjson(), Pointer.ROOT, Set.of(), document);
        Differential.lines(document);
    }
}

package io.penstock.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.penstock.decode.format.Format;
import io.penstock.decode.format.WholeCsv;
import io.penstock.record.Pointer;
import java.util.Set;

/** Whatever bytes come: the rows that a parser of whole documents finds, however the body is cut, or a typed failure. */
class CsvFuzzTest {

    @FuzzTest(maxDuration = "15s")
    void csv(byte[] document) {
        Pieces.judge(Format.csv(), Pointer.ROOT, Set.of(), document);
        WholeCsv.judge(document);
    }
}

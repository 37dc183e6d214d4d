package io.penstock.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.penstock.decode.format.Format;
import io.penstock.record.Pointer;
import java.util.Set;

/** Whatever bytes come: the same however they are cut, or a typed failure. */
class ZipFuzzTest {

    @FuzzTest(maxDuration = "15s")
    void zip(byte[] document) {
        Pieces.judge(Format.ndjson().zipped(""), Pointer.ROOT, Set.of(), document);
    }
}

package io.penstock.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.penstock.decode.format.Format;
import io.penstock.record.Pointer;
import java.util.Set;

/** Whatever bytes come: the same however they are cut, or a typed failure. */
class XmlFuzzTest {

    @FuzzTest(maxDuration = "15s")
    void xml(byte[] document) {
        Pieces.judge(Format.xml(), Pointer.of("/r/i"), Set.of(Pointer.of("/r/next")), document);
    }
}

package io.penstock.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.penstock.decode.Differential;
import io.penstock.decode.format.Format;
import io.penstock.record.Pointer;
import java.util.Set;

/** Whatever bytes come: the records that Jackson finds in the whole document, however it is cut, or a typed failure. */
class JsonFuzzTest {

    @FuzzTest(maxDuration = "15s")
    void json(byte[] document) {
        Pieces.judge(Format.json(), Pointer.of("/items"), Set.of(Pointer.of("/next")), document);
        Pieces.judge(Format.json(), Pointer.of("/*/items"), Set.of(), document);
        Pieces.judge(Format.json(), Pointer.ROOT, Set.of(), document);
        Differential.json(document, "", "");
        Differential.json(document, "/items", "");
    }
}

package io.penstock.checks.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.penstock.decode.DecodeLimits;
import io.penstock.decode.Decoders;
import io.penstock.record.Pointer;
import io.penstock.record.RecordBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From the bytes of a 50 kB page to its 100 records: bounds in one validating pass, against a tree. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 6, time = 1)
@Fork(1)
public class SliceBenchmark {

    private static final Pointer ITEMS = Pointer.of("/items");

    private final ObjectMapper mapper = new ObjectMapper();
    private byte[] page = new byte[0];

    /** Makes the page. */
    @Setup
    public void page() {
        String records = new String(PageServer.records(PageServer.PAGE), StandardCharsets.UTF_8);
        page = ("{\"next\":\"2\",\"items\":[" + records + "]}").getBytes(StandardCharsets.UTF_8);
    }

    /** Ours; the copy stands for the array that a response brings, which the decoder may change. */
    @Benchmark
    public RecordBytes slices() {
        return Decoders.json(ITEMS, Set.of(Pointer.of("/next")), DecodeLimits.DEFAULT)
                .decode(page.clone(), true);
    }

    /** The rival, with the same copy. */
    @Benchmark
    public JsonNode tree() throws IOException {
        return mapper.readTree(page.clone());
    }

    /** The copy by itself, to be taken off both. */
    @Benchmark
    public byte[] copy() {
        return page.clone();
    }
}

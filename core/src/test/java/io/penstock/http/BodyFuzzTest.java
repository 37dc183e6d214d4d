package io.penstock.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.penstock.error.PenstockException;
import io.penstock.http.HttpLimits.Limit;
import io.penstock.message.ResponsePart;
import io.penstock.message.ResponsePart.Chunk;
import io.penstock.record.HeldBytes;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Whatever bytes a server answers with: parts that end as they should, or a typed failure, and nothing is kept. Budget: 15 s replayed. */
class BodyFuzzTest {

    private static final long ROOM = 1 << 20;
    private static final HttpLimits LIMITS = HttpLimits.DEFAULT
            .with(Limit.WIRE_BYTES, 1 << 16)
            .with(Limit.INFLATED_BYTES, 1 << 20)
            .with(Limit.PAGE_BUFFER, 1 << 10);

    @FuzzTest(maxDuration = "15s")
    void answer(byte[] bytes) {
        HeldBytes held = HeldBytes.of(ROOM);
        for (int split : new int[] {bytes.length, bytes.length / 2}) {
            MemoryWire wire = new MemoryWire(LIMITS, held);
            try {
                List<ResponsePart> parts = wire.parts(
                                Arrays.copyOf(bytes, split), Arrays.copyOfRange(bytes, split, bytes.length))
                        .collectList()
                        .block(Duration.ofSeconds(60));
                assertThat(((Chunk) parts.get(parts.size() - 1)).last()).isTrue();
            } catch (PenstockException typed) {
                assertThat(typed.code()).isNotEmpty();
            }
            assertThat(wire.released()).isTrue();
            assertThat(held.free()).isEqualTo(ROOM);
        }
    }
}

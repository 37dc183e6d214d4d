package io.penstock.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.decode.Decoder;
import io.penstock.error.PenstockException;
import io.penstock.http.HttpLimits.Limit;
import io.penstock.message.ResponsePart;
import io.penstock.message.ResponsePart.Chunk;
import io.penstock.message.ResponsePart.Head;
import io.penstock.record.HeldBytes;
import io.penstock.record.RecordBytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.StepVerifier;

/** Forty answers, cut at every byte, in every framing: the exact page or a typed failure. Budget: 90 s. */
class CutMatrixTest {

    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final long ROOM = 64 << 20;

    private final HeldBytes held = HeldBytes.of(ROOM);

    private static byte[] sent(String how, byte[] body) {
        return switch (how) {
            case "identity" -> Answers.ok(body);
            case "gzip" -> Answers.ok(Answers.gzip(body), "Content-Encoding: gzip");
            case "gzip file" ->
                Answers.of(
                        "HTTP/1.1 200 OK\nContent-Type: application/gzip\nContent-Length: " + Answers.gzip(body).length,
                        Answers.gzip(body));
            case "chunked" -> Answers.chunked(body, 37);
            case "gzip, chunked" -> Answers.chunked(Answers.gzip(body), 41, "Content-Encoding: gzip");
            default -> Answers.of("HTTP/1.1 200 OK\nConnection: close", body);
        };
    }

    @AfterAll
    static void noBufferWasForgotten() {
        LeakWatch.requireNone();
    }

    @Test
    void aForgottenBufferWouldBeFound() {
        LeakWatch.requireThatItBites();
    }

    @Test
    void thereAreForty() {
        assertThat(Recorded.all()).hasSize(40);
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "gzip", "gzip file", "chunked", "gzip, chunked"})
    void everyCutGivesTheExactPageOrATypedFailure(String how) {
        Random random = new Random(how.hashCode());
        for (Recorded recorded : Recorded.all()) {
            byte[] whole = sent(how, recorded.body());
            for (int cut = 0; cut < whole.length; cut++) {
                assertThat(outcome(recorded, HttpLimits.DEFAULT, whole, cut, random.nextInt(cut + 1)))
                        .as("%s, %s, cut at %d of %d", recorded, how, cut, whole.length)
                        .isInstanceOf(PenstockException.class);
            }
            assertThat(outcome(recorded, HttpLimits.DEFAULT, whole, whole.length, random.nextInt(whole.length)))
                    .as("%s, %s", recorded, how)
                    .isEqualTo(recorded.lines());
        }
        assertThat(held.free()).isEqualTo(ROOM);
    }

    /** Of a body that is too large to be held records leave before the end, but the end itself is never claimed. */
    @ParameterizedTest
    @ValueSource(strings = {"identity", "gzip", "chunked"})
    void everyCutOfAStreamedBodyIsAFailureToo(String how) {
        HttpLimits small = HttpLimits.DEFAULT.with(Limit.PAGE_BUFFER, 20);
        for (Recorded recorded : Recorded.all()) {
            byte[] whole = sent(how, recorded.body());
            for (int cut = 0; cut < whole.length; cut += 3) {
                assertThat(outcome(recorded, small, whole, cut, cut / 2))
                        .as("%s, %s, cut at %d of %d", recorded, how, cut, whole.length)
                        .isInstanceOf(PenstockException.class);
            }
            assertThat(outcome(recorded, small, whole, whole.length, whole.length / 2))
                    .as("%s, %s", recorded, how)
                    .isEqualTo(recorded.lines());
        }
        assertThat(held.free()).isEqualTo(ROOM);
    }

    /** Where only the end of the connection ends the body, the document decides: it is whole, or it is refused. */
    @Test
    void everyCutOfAnUnframedBodyGivesTheExactPageOrATypedFailure() {
        for (Recorded recorded : Recorded.all()) {
            byte[] whole = sent("close", recorded.body());
            for (int cut = 0; cut <= whole.length; cut++) {
                Object outcome = outcome(recorded, HttpLimits.DEFAULT, whole, cut, cut / 2);
                if (!(outcome instanceof PenstockException)) {
                    assertThat(outcome)
                            .as("%s cut at %d of %d", recorded, cut, whole.length)
                            .isEqualTo(recorded.lines());
                    assertThat(recorded.format().closesItself()).isTrue();
                }
            }
        }
    }

    @Test
    void cancellingAtEverySignalGivesEverythingBack() {
        for (Recorded recorded : Recorded.all()) {
            for (String how : List.of("identity", "gzip", "chunked", "gzip, chunked")) {
                for (int signals = 0; signals < 3; signals++) {
                    MemoryWire wire = new MemoryWire(HttpLimits.DEFAULT, held);
                    StepVerifier.create(wire.parts(sent(how, recorded.body())), signals)
                            .expectNextCount(Math.min(signals, 1))
                            .thenCancel()
                            .verify(LIMIT);
                    assertThat(wire.released()).isTrue();
                    assertThat(held.free()).isEqualTo(ROOM);
                }
            }
        }
    }

    /** The records' lines, or how it failed. */
    private Object outcome(Recorded recorded, HttpLimits limits, byte[] whole, int cut, int split) {
        MemoryWire wire = new MemoryWire(limits, held);
        try (Decoder decoder = recorded.decoder()) {
            List<ResponsePart> parts = wire.parts(Arrays.copyOf(whole, split), Arrays.copyOfRange(whole, split, cut))
                    .collectList()
                    .block(LIMIT);
            MemoryWire.requireEnd((Head) parts.get(0), recorded);
            List<String> lines = new ArrayList<>();
            for (ResponsePart part : parts.subList(1, parts.size())) {
                read(decoder, (Chunk) part, lines);
            }
            return lines;
        } catch (PenstockException failed) {
            return failed;
        } finally {
            assertThat(wire.released()).isTrue();
        }
    }

    private static void read(Decoder decoder, Chunk chunk, List<String> lines) {
        byte[] piece = chunk.bytes();
        do {
            RecordBytes records = decoder.decode(piece, chunk.last());
            for (int i = 0; i < records.size(); i++) {
                lines.add(records.text(i));
            }
            piece = new byte[0];
        } while (decoder.pending());
    }
}

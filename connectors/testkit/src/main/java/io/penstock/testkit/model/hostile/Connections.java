package io.penstock.testkit.model.hostile;

import static io.penstock.testkit.model.hostile.Misbehaviour.always;
import static io.penstock.testkit.model.hostile.Misbehaviour.harmless;
import static io.penstock.testkit.model.hostile.Misbehaviour.once;

import io.penstock.testkit.model.hostile.Played.End;
import io.penstock.testkit.model.hostile.Played.Piece;
import io.penstock.testkit.model.hostile.Played.Raw;
import java.time.Duration;
import java.util.List;

/** Connections that break, stall or trickle: the faults N5 to N9 and N14. */
final class Connections {

    private static final Duration TRICKLE = Duration.ofMillis(200);
    private static final Duration LATE = Duration.ofMillis(700);
    private static final byte[] INTERIM = Wire.ascii("HTTP/1.1 102 Processing\r\n\r\n");
    private static final int FEW = 8;

    static final List<Misbehaviour> ALL = List.of(
            once("reset-before-status", "N5", "resets the connection instead of answering", m -> Wire.raw(End.RESET)),
            once("close-before-status", "N5", "closes the connection instead of answering", m -> Wire.raw(End.CLOSE)),
            always(
                    "reset-always",
                    "N5",
                    Outcome.TRY_LATER,
                    "resets every connection instead of answering",
                    m -> Wire.raw(End.RESET)),
            once("reset-mid-body", "N6", "resets the connection in the middle of the body", m -> half(m, End.RESET)),
            once("stalled-body", "N8", "falls silent in the middle of the body", m -> half(m, End.SILENCE)),
            once("silent-once", "N7", "takes a request and never answers it", m -> Wire.raw(End.SILENCE)),
            always(
                    "silent-always",
                    "N7",
                    Outcome.TRY_LATER,
                    "takes requests and never answers them",
                    m -> Wire.raw(End.SILENCE)),
            once(
                    "slow-headers",
                    "N7",
                    "sends a header section that trickles and never ends",
                    m -> Wire.endless(Wire.ascii("HTTP/1.1 200 OK\r\nX-Slow: "), TRICKLE, Wire.ascii("."))),
            once(
                    "dribbled-body",
                    "N8",
                    "sends the body at five bytes a second",
                    m -> Wire.dribbled(Wire.head(m.reply(), Wire.length(m.body().length)), TRICKLE, m.body())),
            harmless(
                    "closed-keep-alive",
                    "N9",
                    "closes each connection behind its answer without having said so",
                    m -> Wire.raw(End.CLOSE, Wire.full(m.reply()))),
            once(
                    "silent-keep-alive",
                    "N9",
                    "answers, keeps the connection open, and never hears another request on it",
                    m -> Wire.raw(End.SILENCE, Wire.full(m.reply()))),
            once(
                    "late-answer",
                    "N7",
                    "answers late, but within all deadlines",
                    m -> new Raw(List.of(new Piece(LATE, Wire.full(m.reply()))), End.CLOSE)),
            harmless(
                    "some-interim-answers",
                    "N14",
                    "sends " + FEW + " interim answers before each final one",
                    m -> Wire.raw(End.CLOSE, interim(FEW), Wire.full(m.reply(), "Connection: close"))),
            always(
                    "endless-interim-answers",
                    "N14",
                    Outcome.BAD_ANSWER,
                    "sends interim answers without end",
                    m -> Wire.endless(INTERIM, Duration.ZERO, interim(FEW))));

    private Connections() {}

    private static Raw half(Moment moment, End end) {
        byte[] body = moment.body();
        return Wire.raw(end, Wire.head(moment.reply(), Wire.length(body.length)), Wire.half(body));
    }

    private static byte[] interim(int times) {
        byte[] all = new byte[0];
        for (int i = 0; i < times; i++) {
            all = Wire.join(all, INTERIM);
        }
        return all;
    }
}

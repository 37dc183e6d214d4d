package io.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.cli.view.LiveLines;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LiveLinesTest {

    private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
    private final LiveLines lines = new LiveLines(
            new PrintStream(terminal, true, StandardCharsets.UTF_8), Map.of("COLUMNS", "10", "LINES", "5"));

    private String written() {
        return terminal.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    @Test
    void drawingAgainErasesExactlyWhatWasDrawn() {
        lines.draw(List.of("one", "two"));
        lines.draw(List.of("three"));
        lines.draw(List.of());

        assertThat(written()).isEqualTo("one\ntwo\n\r\u001b[2A\u001b[Jthree\n\r\u001b[1A\u001b[J");
    }

    @Test
    void otherLinesArePrintedAbove() {
        lines.draw(List.of("bar"));
        lines.stream().println("log");
        lines.above("note");

        assertThat(written()).isEqualTo("bar\n\r\u001b[1A\u001b[Jlog\nbar\n\r\u001b[1A\u001b[Jnote\nbar\n");
    }

    @Test
    void noLineIsAsWideAsTheTerminalSoThatNoneWraps() {
        lines.draw(List.of("123456789", "1234567890", "öööööööööö"));

        assertThat(written()).isEqualTo("123456789\n123456789\nööööööööö\n");
    }

    @Test
    void noMoreLinesAreDrawnThanFit() {
        lines.draw(List.of("1", "2", "3", "4"));

        assertThat(lines.room()).isEqualTo(3);
        assertThat(written()).isEqualTo("1\n2\n3\n");
    }

    @Test
    void aTerminalThatDoesNotTellItsSizeIsTakenForAnOldOne() {
        LiveLines unknown = new LiveLines(new PrintStream(terminal), Map.of("LINES", "many"));

        assertThat(unknown.room()).isEqualTo(22);
    }
}

package io.penstock.cli.view;

import io.penstock.redact.ControlCharacters;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A few lines at the bottom of a terminal that are drawn again and again; everything else is printed above them. Safe for
 * concurrent use.
 */
public final class LiveLines {

    private static final int COLUMNS = 80;
    private static final int ROWS = 24;

    private final PrintStream terminal;
    private final int columns;
    private final int rows;
    private List<String> shown = List.of();

    /** Takes the size of the terminal from COLUMNS and LINES, where the launcher has put it. */
    public LiveLines(PrintStream terminal, Map<String, String> environment) {
        this.terminal = terminal;
        this.columns = number(environment.get("COLUMNS"), COLUMNS);
        this.rows = number(environment.get("LINES"), ROWS);
    }

    private static int number(@Nullable String text, int fallback) {
        return text != null && text.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(text) : fallback;
    }

    /** How many lines fit, with one left for the cursor and one for what is printed above. */
    public int room() {
        return Math.max(1, rows - 2);
    }

    /** Puts {@code lines} in the place of those shown before. */
    public synchronized void draw(List<String> lines) {
        StringBuilder text = erased();
        shown = lines.stream()
                .limit(room())
                .map(ControlCharacters::escapeLine)
                .map(this::cut)
                .toList();
        print(text);
    }

    /** Prints a line above those shown. */
    public synchronized void above(String line) {
        print(erased().append(ControlCharacters.escape(line)).append(System.lineSeparator()));
    }

    private StringBuilder erased() {
        return new StringBuilder(shown.isEmpty() ? "" : "\r\u001b[" + shown.size() + "A\u001b[J");
    }

    private void print(StringBuilder text) {
        shown.forEach(line -> text.append(line).append(System.lineSeparator()));
        terminal.print(text);
        terminal.flush();
    }

    /** A line that is wider than the terminal would wrap, and the next drawing would miss its place. */
    private String cut(String line) {
        return line.codePointCount(0, line.length()) < columns
                ? line
                : line.substring(0, line.offsetByCodePoints(0, columns - 1));
    }

    /** A stream whose lines are printed above; for the log. */
    public PrintStream stream() {
        return new PrintStream(new Above(), true);
    }

    private final class Above extends OutputStream {
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        @Override
        public synchronized void write(int character) {
            if (character == '\n') {
                above(line.toString(Charset.defaultCharset()));
                line.reset();
            } else if (character != '\r') {
                line.write(character);
            }
        }
    }
}

package io.penstock.cli.view;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/**
 * Passes text on line by line, with secrets taken out. What is not yet a whole line is passed on when it is flushed, and a line that
 * never ends after 64 KiB.
 */
final class RedactedStream extends OutputStream {

    private static final int LONGEST = 64 * 1024;

    private final PrintStream to;
    private final UnaryOperator<String> hide;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    private RedactedStream(PrintStream to, UnaryOperator<String> hide) {
        this.to = to;
        this.hide = hide;
    }

    /** {@code to} behind {@code hide}. */
    static PrintStream of(PrintStream to, UnaryOperator<String> hide) {
        return new PrintStream(new RedactedStream(to, hide), true, StandardCharsets.UTF_8);
    }

    @Override
    public void write(int one) {
        line.write(one);
        if (one == '\n' || line.size() >= LONGEST) {
            pass();
        }
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
        line.write(bytes, from, length);
        if ((length > 0 && bytes[from + length - 1] == '\n') || line.size() >= LONGEST) {
            pass(); // whole lines together, so that one of several lines that is a secret is found
        }
    }

    private void pass() {
        if (line.size() > 0) {
            byte[] shown = hide.apply(line.toString(StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
            line.reset();
            to.write(shown, 0, shown.length);
        }
    }

    @Override
    public void flush() {
        pass();
        to.flush();
    }

    @Override
    public void close() {
        flush();
    }
}

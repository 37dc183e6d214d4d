package io.penstock.cli.view;

import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.penstock.redact.ControlCharacters;
import io.penstock.redact.Redaction;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.regex.Pattern;

/**
 * Writes log lines as a pattern says, with secrets taken out of the finished line: of the message, its arguments, names and stack
 * traces alike. The logging system makes it, so what it hides belongs to the process.
 */
public final class RedactingEncoder extends PatternLayoutEncoder {

    private static final Pattern BREAK = Pattern.compile("[\\r\\n]++(?!\\t|Caused by: )");
    private static final Redaction NAMES = Redaction.empty();
    private static final Set<Redaction> LIVE = new CopyOnWriteArraySet<>();

    /** The time during which a redaction holds for the logs. */
    public interface Scope extends AutoCloseable {
        /** It no longer holds. */
        @Override
        void close();
    }

    /** From now on log lines are passed through {@code redaction} too. */
    public static Scope guard(Redaction redaction) {
        LIVE.add(redaction);
        return () -> LIVE.remove(redaction);
    }

    /** No message begins a line of its own, but for the stack trace that {@code --debug} asks for. */
    private String laidOut(ILoggingEvent event) {
        String line = getLayout().doLayout(event);
        String message = event.getFormattedMessage();
        return message == null || message.indexOf('\n') < 0
                ? line
                : line.replace(message, BREAK.matcher(message).replaceAll(" "));
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        String line = laidOut(event);
        for (Redaction redaction : LIVE) {
            line = redaction.hideKnown(line);
        }
        // Behind the secrets that are known: what a name masks may end in the middle of one, whose rest nothing would
        // find.
        return ControlCharacters.escape(NAMES.hide(line)).getBytes(StandardCharsets.UTF_8);
    }
}

package io.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.penstock.cli.view.RedactingEncoder;
import io.penstock.config.Secret;
import io.penstock.redact.Redaction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The last step before a line of the log is written. */
class RedactingEncoderTest {

    private static String line(String message) {
        LoggerContext context = new LoggerContext();
        RedactingEncoder encoder = new RedactingEncoder();
        encoder.setContext(context);
        encoder.setPattern("%level %msg%n%nopex");
        encoder.start();
        LoggingEvent event = new LoggingEvent("test", context.getLogger("test"), Level.WARN, message, null, null);
        return new String(encoder.encode(event), StandardCharsets.UTF_8).strip();
    }

    @Test
    void aSecretThatHoldsWhatEndsANameIsHiddenWhole() {
        String secret = "hunter;2-very&long,secret'value \"d>]";
        try (RedactingEncoder.Scope scope = RedactingEncoder.guard(Redaction.of(List.of(Secret.of(secret))))) {
            assertThat(scope).isNotNull();
            assertThat(line("password=" + secret)).isEqualTo("WARN password=***");
            assertThat(line("the body was " + secret + " and more")).isEqualTo("WARN the body was *** and more");
        }
    }

    @Test
    void aNameIsEnoughWhereTheSecretIsNotKnown() {
        assertThat(line("asked /x?token=abcdef")).isEqualTo("WARN asked /x?token=***");
    }

    @Test
    void aStackTraceKeepsItsLines() {
        assertThat(line("Bug: no\n\tat io.penstock.A.b(A.java:1)\nCaused by: why"))
                .isEqualTo("WARN Bug: no\n\tat io.penstock.A.b(A.java:1)\nCaused by: why");
    }

    @Test
    void noMessageForgesALineOrSteersATerminal() {
        assertThat(line("bad answer\n12:00:00 INFO  Run: all is well \u001b[2J"))
                .isEqualTo("WARN bad answer 12:00:00 INFO  Run: all is well \\u001b[2J");
    }
}

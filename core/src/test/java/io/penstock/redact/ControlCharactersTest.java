package io.penstock.redact;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ControlCharactersTest {

    @Test
    void whatSteersATerminalIsShownInsteadOfDone() {
        assertThat(ControlCharacters.escape("a\u001b[31mred\rb\u0007\u007f\u009b2J"))
                .isEqualTo("a\\u001b[31mred\\u000db\\u0007\\u007f\\u009b2J");
        assertThat(ControlCharacters.escape("abc\u202Ecba\u2066\u2028")).isEqualTo("abc\\u202ecba\\u2066\\u2028");
    }

    @Test
    void textOfPeopleStaysAsItIs() {
        String text = "two lines\n\tof Gr\u00fc\u00dfe, \ud83d\ude80 and \u05e9\u05dc\u05d5\u05dd";
        assertThat(ControlCharacters.escape(text)).isSameAs(text);
    }

    @Test
    void aLineStaysOneLine() {
        assertThat(ControlCharacters.escapeLine("scope=read\nforged line")).isEqualTo("scope=read\\nforged line");
        assertThat(ControlCharacters.escapeLine("plain")).isEqualTo("plain");
    }
}

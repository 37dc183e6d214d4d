package io.penstock.runner.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.error.BadConfig.ConfigError;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DotEnvTest {

    private static Map<String, DotEnv.Entry> parse(String text) {
        return DotEnv.parse(".env", text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
            A=plain|plain
            A =  spaces around  |spaces around
            export A=exported|exported
              export\tA=x|x
            A=|``
            A=# nothing but a comment|``
            A=value # a comment|value
            A=no#comment|no#comment
            A=a=b=c|a=b=c
            A=$HOME/${x}|$HOME/${x}
            A='single # $x \\n "kept"'|single # $x \\n "kept"
            A="double # \\"quoted\\" \\$x \\\\ 'kept'" # and a comment|double # "quoted" $x \\ 'kept'
            A="" |``
            A=it's|it's
            """)
    void readsAValueAsItIsWritten(String line, String value) {
        assertThat(parse(line)).containsOnlyKeys("A");
        assertThat(parse(line).get("A").value()).isEqualTo(value);
    }

    @Test
    void readsFilesFromAnywhere() {
        String text =
                "\uFEFF# made on another system\r\n\r\nA=1\r\nKEY=\"-----BEGIN\\nline\r\nsecond\"\r\n  # end\r\nB='x\ny'\nC=3";
        Map<String, DotEnv.Entry> read = parse(text);
        assertThat(read).containsOnlyKeys("A", "KEY", "B", "C");
        assertThat(read.get("A")).isEqualTo(new DotEnv.Entry("1", 3));
        assertThat(read.get("KEY").value()).isEqualTo("-----BEGIN\nline\nsecond");
        assertThat(read.get("B")).isEqualTo(new DotEnv.Entry("x\ny", 7));
        assertThat(read.get("C")).isEqualTo(new DotEnv.Entry("3", 9));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            hunter2-is-no-assignment | .env:2 expected NAME=value, a comment (#) or an empty line
            1A=hunter2               | .env:2 expected NAME=value
            A-B=hunter2              | .env:2 expected NAME=value
            A='hunter2               | .env:2 the quote that begins here is never closed: add '
            A="hunter2               | .env:2 the quote that begins here is never closed: add "
            A="hunter2" x            | .env:2 expected the end of the line or a comment after the closing quote
            A="hunter2\\q"           | .env:2 \\q is no escape: write \\\\ for a backslash, or use single quotes
            FIRST=hunter2            | .env:2 FIRST is given twice, first in line 1: keep one
            """)
    void refusesWhatItCannotUnderstandNamingTheLineAndNeverTheValue(String line, String message) {
        assertThatThrownBy(() -> parse("FIRST=1\n" + line))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("hunter2");
    }
}

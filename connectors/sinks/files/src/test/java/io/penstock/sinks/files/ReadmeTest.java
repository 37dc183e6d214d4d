package io.penstock.sinks.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.testkit.source.SettingsTable;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ReadmeTest {

    @Test
    void hasTheSettingsOfBothConnectors() {
        SettingsTable.requireIn(Path.of("README.md"), new JsonlProvider().settings());
        assertThat(SettingsTable.markdown(new CsvProvider().settings()))
                .isEqualTo(SettingsTable.markdown(new JsonlProvider().settings()));
    }
}

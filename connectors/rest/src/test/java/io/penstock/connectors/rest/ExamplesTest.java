package io.penstock.connectors.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.source.Source;
import io.penstock.testkit.source.SourceRig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExamplesTest {

    @ParameterizedTest
    @ValueSource(strings = {"json-server", "verdaccio", "pokeapi"})
    void theSourceOfEachExampleOpens(String name) throws IOException {
        Map<String, Object> settings =
                Plans.source(Files.readString(Path.of("examples", name + ".yaml")), "http://127.0.0.1:1");
        try (SourceRig rig = new SourceRig();
                Source source = rig.open(new RestProvider(), settings)) {
            assertThat(source).isNotNull();
        }
    }
}

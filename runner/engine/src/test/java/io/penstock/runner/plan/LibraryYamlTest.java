package io.penstock.runner.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/** What the YAML library hands over without a word, which is refused here; an upgrade that changes it is seen. */
class LibraryYamlTest {

    private static List<Event> events(String yaml) {
        List<Event> events = new java.util.ArrayList<>();
        new Parse(LoadSettings.builder().build()).parseString(yaml).forEach(events::add);
        return events;
    }

    @Test
    void theLibraryHandsOverBothValuesOfOneName() {
        assertThat(events("a: 1\na: 2\n").stream()
                        .filter(ScalarEvent.class::isInstance)
                        .map(event -> ((ScalarEvent) event).getValue()))
                .containsExactly("a", "1", "a", "2");
    }

    @Test
    void theLibraryHandsOverTagsMergesAndAliases() {
        List<Event> events = events("a: &x !!java.lang.Object {b: 1}\nc: {<<: *x}\n");
        assertThat(events).anyMatch(event -> event.getEventId() == Event.ID.Alias);
        assertThat(events.stream().filter(NodeEvent.class::isInstance).map(event -> event.toString()))
                .anyMatch(text -> text.contains("java.lang.Object"))
                .anyMatch(text -> text.contains("<<"));
    }

    @Test
    void theLibraryTakesThreeMebibytesUnlessItIsToldOtherwise() {
        assertThat(LoadSettings.builder().build().getCodePointLimit()).isEqualTo(3 << 20);
        assertThat(LoadSettings.builder().build().getMaxAliasesForCollections()).isEqualTo(50);
    }
}

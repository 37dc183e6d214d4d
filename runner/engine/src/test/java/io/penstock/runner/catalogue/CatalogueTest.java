package io.penstock.runner.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.error.BadConfig.ConfigError;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CatalogueTest {

    private interface Named {
        String name();
    }

    private record First(String name) implements Named {}

    private record Second(String name) implements Named {}

    private static Shelf<Named> shelf(Named... providers) {
        return Shelf.of("source", Stream.of(providers), Named::name, provider -> List.of());
    }

    @Test
    void refusesANameThatTwoClaimAndNamesBoth() {
        assertThatThrownBy(() -> shelf(new First("rest"), new Second("rest")))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("two sources are called rest")
                .hasMessageContaining("$First")
                .hasMessageContaining("$Second");
    }

    @Test
    void listsThemByName() {
        assertThat(shelf(new First("rest"), new Second("csv")).names()).containsExactly("csv", "rest");
    }

    @Test
    void namesTheNearestOfOneThatIsNotThere() {
        assertThatThrownBy(() -> shelf(new First("rest"), new Second("csv")).provider("rset"))
                .isInstanceOf(ConfigError.class)
                .hasMessage("no source is called rset: did you mean rest?");
        assertThatThrownBy(() -> shelf(new First("rest"), new Second("csv")).provider("salesforce"))
                .hasMessage("no source is called salesforce: known are csv, rest");
        assertThatThrownBy(() -> shelf().provider("rest")).hasMessageContaining("no source is installed");
    }

    @Test
    void findsNothingThroughALoaderThatHasNothing() {
        Catalogue empty = Catalogue.load(ClassLoader.getPlatformClassLoader());
        assertThat(empty.sources().names()).isEmpty();
        assertThat(empty.sinks().all()).isEmpty();
    }
}

package io.penstock.checks.readme;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.checks.architecture.Product;
import io.penstock.observe.Meters;
import io.penstock.observe.RetryCause;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of meters in the README has each of them, as the code has it, and nothing else. */
class MetersTableTest {

    private static final String README = Product.text(Product.root().resolve("runner/README.md"));

    private static String row(Meters meter) {
        String tags = meter.tags().stream().map(tag -> "`" + tag + "`").collect(Collectors.joining(", "));
        return "| `" + meter.label() + "` | " + tags + " | " + meter.description() + " |";
    }

    @Test
    void theTableOfMetersIsTrue() {
        List<String> table =
                README.lines().filter(line -> line.startsWith("| `penstock.")).toList();
        assertThat(table)
                .containsExactlyElementsOf(
                        Arrays.stream(Meters.values()).map(MetersTableTest::row).toList());
    }

    @Test
    void theCausesOfRepeatsAreListed() {
        String causes = Arrays.stream(RetryCause.values())
                .map(cause -> "`" + cause.label() + "`")
                .collect(Collectors.joining(", "));
        assertThat(README).contains("`RetryCause` (" + causes + ")");
    }
}

package io.penstock.checks.readme;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.checks.architecture.Product;
import io.penstock.error.PenstockException;
import io.penstock.redact.Redaction;
import io.penstock.runner.summary.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Failures link to the page that explains them; this is what keeps the links alive. */
class ErrorKindsTest {

    private final Page core = Page.of(Product.root().resolve("core/README.md"));

    @Test
    void everyKindOfErrorIsExplained() {
        List<String> kinds =
                kinds(PenstockException.class).map(kind -> kind.getSimpleName()).toList();

        assertThat(kinds).hasSizeGreaterThan(20).contains("Throttled", "Cancelled");
        assertThat(kinds).allSatisfy(kind -> {
            assertThat(core.anchors()).contains(kind.toLowerCase(Locale.ROOT));
            assertThat(core.text()).contains("`" + kind + "`");
        });
    }

    @Test
    void aFailureThatIsNoKindOfOursLinksToItsExplanation() {
        Failure bug = Failure.of(new IllegalStateException("broken"), Redaction.empty(), Instant.EPOCH);

        assertThat(bug.docs()).startsWith("core/README.md#");
        assertThat(core.anchors()).contains(bug.docs().substring(bug.docs().indexOf('#') + 1));
    }

    private static Stream<Class<?>> kinds(Class<?> family) {
        Class<?>[] members = family.getPermittedSubclasses();
        return members == null ? Stream.of(family) : Stream.of(members).flatMap(ErrorKindsTest::kinds);
    }
}

package io.penstock.testkit.source;

import io.penstock.source.Source;
import io.penstock.source.SourceProvider;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** What the tests ask of the author of a source. */
public interface SourceHooks {

    /** The longest a single read may take. */
    Duration LIMIT = Duration.ofSeconds(60);

    /** What makes the source. */
    SourceProvider provider();

    /** A source of its own for each call, opened in {@code rig}; the test closes it. */
    Source open(SourceRig rig);

    /** A source whose API refuses, such as one with a wrong credential or an address where nobody listens. */
    Source refused(SourceRig rig);

    /** The name of a stream whose first slice has at least four pages. */
    String deepStream();

    /** How many pages the source may read beyond demand; 1 unless it reads several parents' children side by side. */
    default int pagesAhead() {
        return 1;
    }

    /** The names of the streams to be read whole by the slower tests; all of them by default. */
    default List<String> streamNames(Source source) {
        return Sources.streams(source).stream().map(info -> info.id().name()).toList();
    }

    /** Opens a source in real time, uses it, and closes everything. */
    default void withSource(Consumer<Source> use) {
        try (SourceRig rig = new SourceRig();
                Source source = open(rig)) {
            use.accept(source);
        }
    }
}

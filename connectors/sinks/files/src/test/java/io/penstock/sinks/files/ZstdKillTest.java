package io.penstock.sinks.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.sink.Sink;
import io.penstock.testkit.sink.KillContract;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Killed where a frame is half written, or written and not yet committed. */
final class ZstdKillTest implements JsonlHooks, KillContract {

    @Override
    public Sink open(Path directory) {
        return Parts.open(new JsonlProvider(), directory, Map.of("compression", "zstd"));
    }

    @Override
    public void requireClean(Path directory) {
        assertThat(Parts.text(directory.resolve("customers.jsonl.zst"))).isEqualTo("{\"id\":41}\n{\"id\":42}\n");
    }

    @Override
    public List<String> killPoints() {
        return List.of(
                "files.commit.begun#2", "files.commit.synced#3", "files.commit.saved#2", "files.publish.renamed");
    }
}

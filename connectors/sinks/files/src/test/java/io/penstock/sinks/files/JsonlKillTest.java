package io.penstock.sinks.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.testkit.sink.KillContract;
import java.nio.file.Path;
import java.util.List;

/** Killed at every durable step of JSON lines. */
final class JsonlKillTest implements JsonlHooks, KillContract {

    @Override
    public void requireClean(Path directory) {
        assertThat(directory.resolve("customers.jsonl")).hasContent("{\"id\":41}\n{\"id\":42}");
    }

    @Override
    public List<String> killPoints() {
        return List.of(
                "files.commit.begun#2",
                "files.commit.synced#1",
                "files.commit.synced#3",
                "files.state.written#1",
                "files.state.written#4",
                "files.state.kept#2",
                "files.state.kept#5",
                "files.commit.saved#2",
                "files.publish.decided",
                "files.publish.renamed");
    }
}

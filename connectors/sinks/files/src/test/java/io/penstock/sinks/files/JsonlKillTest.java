package io.penstock.sinks.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.record.StreamInfo;
import io.penstock.sink.Sink;
import io.penstock.testkit.sink.KillContract;
import io.penstock.testkit.sink.Rows;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Killed at every durable step of JSON lines. */
final class JsonlKillTest implements KillContract {

    @Override
    public Sink open(Path directory) {
        return Jsonl.open(directory);
    }

    @Override
    public List<Map<String, Object>> visible(Path directory, StreamInfo stream) {
        return Jsonl.committed(directory, stream.id()).stream().map(Rows::of).toList();
    }

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

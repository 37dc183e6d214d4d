package io.penstock.connectors.reference;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.penstock.record.Batch;
import io.penstock.record.Cursor;
import io.penstock.record.Resume;
import io.penstock.record.Slice;
import io.penstock.source.Source;
import io.penstock.testkit.model.ModelApi;
import io.penstock.testkit.source.Sources;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every stream against the truth of the model, revision by revision, as an upserting sink would see it. */
class ReferenceStreamsIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ModelServer server;

    @BeforeEach
    void start() {
        server = new ModelServer(ModelApi.builder().records(700));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"customers", "orders", "invoices", "events", "products", "documents"})
    void aFullReadIsTheTruthAndLaterReadsBringExactlyTheChanges(String stream) {
        Map<String, String> table = new TreeMap<>();
        Map<Slice, Cursor> cursors = new HashMap<>();
        try (Source source = server.source()) {
            for (int revision = 1; revision <= 3; revision++) {
                server.api.revision(revision);
                int records = sync(source, stream, table, cursors);
                assertThat(String.join("\n", table.values())).isEqualTo(truth(stream, revision));
                assertThat(records).as("records read at revision %s", revision).isLessThan(revision == 1 ? 701 : 400);
            }
            assertThat(sync(source, stream, table, cursors))
                    .as("records read when nothing changed")
                    .isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "events", "products", "documents"})
    void aReadBrokenOffBeforeARevisionLosesNothingWhenItGoesOnAfterIt(String stream) {
        Map<String, String> table = new TreeMap<>();
        Map<Slice, Cursor> cursors = new HashMap<>();
        try (Source source = server.source()) {
            assertThat(Sources.stream(source, stream).resume()).isEqualTo(Resume.PAGE_TOKEN);
            for (Slice slice : Sources.slices(source, stream)) {
                List<Batch> first =
                        Sources.collect(source.read(slice, Optional.empty()).take(1));
                apply(first, table);
                cursors.put(slice, first.get(0).after().orElseThrow());
            }
            server.api.revision(2);
            sync(source, stream, table, cursors);
            sync(source, stream, table, cursors);
            assertThat(String.join("\n", table.values())).isEqualTo(truth(stream, 2));
        }
    }

    private static int sync(Source source, String stream, Map<String, String> table, Map<Slice, Cursor> cursors) {
        int records = 0;
        for (Slice slice : Sources.slices(source, stream)) {
            List<Batch> batches = Sources.read(source, slice, Optional.ofNullable(cursors.get(slice)));
            records += apply(batches, table);
            cursors.put(slice, batches.get(batches.size() - 1).after().orElseThrow());
        }
        return records;
    }

    private static int apply(List<Batch> batches, Map<String, String> table) {
        List<String> records = Sources.records(batches);
        for (String record : records) {
            JsonNode tree = tree(record);
            if (tree.path("deleted").asBoolean()) {
                table.remove(tree.path("id").asText());
            } else {
                table.put(tree.path("id").asText(), record);
            }
        }
        return records.size();
    }

    private static JsonNode tree(String record) {
        try {
            return JSON.readTree(record);
        } catch (JsonProcessingException broken) {
            throw new AssertionError(record, broken);
        }
    }

    private String truth(String stream, int revision) {
        try {
            ByteArrayOutputStream lines = new ByteArrayOutputStream();
            server.api.data().writeLines(stream, revision, lines);
            return lines.toString(StandardCharsets.UTF_8).stripTrailing();
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }
}

package io.penstock.connectors.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.penstock.record.Batch;
import io.penstock.record.Cursor;
import io.penstock.record.Slice;
import io.penstock.source.Source;
import io.penstock.testkit.model.ModelApi;
import io.penstock.testkit.source.SourceRig;
import io.penstock.testkit.source.Sources;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each stream of the model API through a plan, revision by revision, as an upserting sink would see it. */
class RestModelTruthIT {

    @ParameterizedTest
    @ValueSource(strings = {"customers", "orders", "invoices", "events", "products", "documents"})
    void aFullReadIsTheTruthAndLaterReadsBringTheChanges(String stream) throws IOException {
        Map<String, String> table = new TreeMap<>();
        Map<Slice, Cursor> cursors = new HashMap<>();
        try (ModelApi api = ModelApi.builder().records(400).build().start();
                SourceRig rig = new SourceRig();
                Source source = Plans.open(rig, api.baseUrl(), ModelPlan.text("TOKEN"))) {
            for (int revision = 1; revision <= 3; revision++) {
                api.revision(revision);
                int records = sync(source, stream, table, cursors);
                ByteArrayOutputStream lines = new ByteArrayOutputStream();
                api.data().writeLines(stream, revision, lines);
                assertThat(String.join("\n", table.values()))
                        .isEqualTo(lines.toString(StandardCharsets.UTF_8).stripTrailing());
                assertThat(records).as("records read at revision %s", revision).isLessThan(revision == 1 ? 401 : 250);
            }
            assertThat(sync(source, stream, table, cursors)).isZero();
        }
    }

    private static int sync(Source source, String stream, Map<String, String> table, Map<Slice, Cursor> cursors)
            throws IOException {
        int records = 0;
        for (Slice slice : Sources.slices(source, stream)) {
            List<Batch> batches = Sources.read(source, slice, Optional.ofNullable(cursors.get(slice)));
            for (String record : Sources.records(batches)) {
                records++;
                JsonNode tree = new ObjectMapper().readTree(record);
                if (tree.path("deleted").asBoolean()) {
                    table.remove(tree.path("id").asText());
                } else {
                    table.put(tree.path("id").asText(), record);
                }
            }
            cursors.put(slice, batches.get(batches.size() - 1).after().orElseThrow());
        }
        return records;
    }
}

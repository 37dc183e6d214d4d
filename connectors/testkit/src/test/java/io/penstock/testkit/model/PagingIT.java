package io.penstock.testkit.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.testkit.model.Client.Row;
import io.penstock.testkit.model.data.Truth;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever follows a stream's pages to the end has the truth. */
class PagingIT {

    private static final int RECORDS = 2345;

    @RegisterExtension
    static final Served SERVED = new Served(ModelApi.builder().records(RECORDS).seed(7));

    private static final ModelApi API = SERVED.api;
    private static final ModelData DATA = ModelData.of(7, RECORDS);

    static List<String> streams() {
        return ModelData.streams();
    }

    @ParameterizedTest
    @MethodSource("streams")
    void aFullWalkGivesExactlyTheTruthAtEveryRevision(String stream) {
        Client client = new Client(API, 1);
        for (int revision = 1; revision <= 3; revision++) {
            API.revision(revision);
            List<Row> records = client.walk(stream, "", 97);
            Truth truth = DATA.truth(stream, revision);
            assertThat(Checksums.of(records))
                    .as("%s at revision %d", stream, revision)
                    .isEqualTo(truth);
            assertThat(records).isSortedAccordingTo(Comparator.comparing(record -> record.id()));
        }
    }

    @ParameterizedTest
    @MethodSource("streams")
    void whatChangedSinceTheLastMaximumLeadsToTheNextRevision(String stream) {
        Client client = new Client(API, 1);
        API.revision(1);
        Map<String, Row> table = new TreeMap<>();
        client.walk(stream, "", 1000).forEach(record -> table.put(record.id(), record));
        for (int revision = 2; revision <= 4; revision++) {
            API.revision(revision);
            String since = table.values().stream()
                    .map(record -> record.text("updated_at"))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
            List<Row> changes = client.walk(stream, "&updated_since=" + since, 20);
            changes.forEach(change -> apply(change, table));
            assertThat(changes).hasSizeBetween(RECORDS / 101, RECORDS / 20);
            assertThat(Checksums.of(table.values()))
                    .as("%s at revision %d", stream, revision)
                    .isEqualTo(DATA.truth(stream, revision));
        }
    }

    private static void apply(Row change, Map<String, Row> table) {
        if (change.node().path("deleted").asBoolean()) {
            assertThat(change.node().size()).isEqualTo(4);
            table.remove(change.id());
        } else {
            table.put(change.id(), change);
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "3"})
    void theMonthsOfOrdersAddUpToAllOfThem(int revision) {
        API.revision(revision);
        Client client = new Client(API, 1);
        Map<String, Row> table = new TreeMap<>();
        for (int month = 1; month <= 12; month++) {
            String name = "2025-" + (month < 10 ? "0" : "") + month;
            List<Row> orders = client.walk("orders", "&month=" + name, 50);
            assertThat(orders)
                    .isNotEmpty()
                    .allMatch(order -> order.text("ordered_at").startsWith(name));
            orders.forEach(order -> table.put(order.id(), order));
        }
        assertThat(Checksums.of(table.values())).isEqualTo(DATA.truth("orders", revision));
    }
}

package io.penstock.sinks.files;

import de.siegmar.fastcsv.reader.CsvReader;
import io.penstock.record.StreamInfo;
import io.penstock.sink.Sink;
import io.penstock.testkit.sink.ClaimContract;
import io.penstock.testkit.sink.CommitContract;
import io.penstock.testkit.sink.ReplaceContract;
import io.penstock.testkit.sink.StageContract;
import io.penstock.testkit.sink.UpsertContract;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The contract of all sinks, on CSV; what becomes of values, which have no type there, is told by {@link CsvFormatTest}. */
final class CsvSinkContractTest
        implements ClaimContract, CommitContract, StageContract, ReplaceContract, UpsertContract {

    @Override
    public Sink open(Path directory) {
        return Parts.open(new CsvProvider(), directory, Map.of());
    }

    @Override
    public List<Map<String, Object>> visible(Path directory, StreamInfo stream) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (String name : Parts.names(directory)) {
            String text = Parts.text(directory.resolve(name));
            CsvReader.builder().ofNamedCsvRecord(text).forEach(record -> {
                Map<String, Object> row = new LinkedHashMap<>(record.getFieldsAsMap());
                row.computeIfPresent("id", (field, id) -> Long.valueOf((String) id));
                rows.add(row);
            });
        }
        return rows;
    }
}

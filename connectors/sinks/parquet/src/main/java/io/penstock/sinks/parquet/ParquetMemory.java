package io.penstock.sinks.parquet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.columns.ColumnType;
import io.penstock.columns.Columns;
import io.penstock.columns.Columns.Column;
import io.penstock.record.Shape;
import io.penstock.record.StreamInfo;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What must be known of the parts before.
 *
 * @param columns of the last part
 * @param wide fields in which there was ever an integer that a floating point number would not hold exactly
 */
record ParquetMemory(Columns columns, Set<String> wide) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What is known before the first part. */
    static ParquetMemory of(StreamInfo stream) {
        return new ParquetMemory(stream.schema().map(Columns::ofSchema).orElse(Columns.NONE), Set.of());
    }

    /** Reads what {@link #text} wrote. */
    static ParquetMemory of(String text) {
        try {
            JsonNode root = JSON.readTree(text);
            Set<String> wide = new TreeSet<>();
            root.required("wide").forEach(field -> wide.add(field.textValue()));
            return new ParquetMemory(Columns.ofJson(root.required("columns").toString()), wide);
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException(broken);
        }
    }

    String text() {
        try {
            ObjectNode root = JSON.createObjectNode();
            root.set("columns", JSON.readTree(columns.json()));
            root.set("wide", JSON.valueToTree(wide));
            return root.toString();
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Grown so that it holds what was seen; all parts read together must hold every value exactly. */
    ParquetMemory grown(List<ParquetScan> seen) {
        Shape shape = Shape.EMPTY;
        Set<String> inexact = new TreeSet<>();
        Set<String> all = new TreeSet<>(wide);
        for (ParquetScan one : seen) {
            shape = shape.and(one.shape());
            inexact.addAll(one.inexact());
            all.addAll(one.wide());
        }
        Columns grown = columns.grown(shape, inexact, all);
        for (Column column : grown.all()) {
            if (column.type() == ColumnType.DOUBLE && all.contains(column.field())) {
                grown = grown.with(column.field(), ColumnType.JSON);
            }
        }
        if (grown.byField().isEmpty()) {
            grown = grown.with(Columns.VALUE, ColumnType.JSON); // records without any field are rows nevertheless
        }
        return new ParquetMemory(grown, all);
    }

    /** The same with a column of times as one of text. */
    ParquetMemory asText(Column column) {
        return new ParquetMemory(columns.with(column.field(), ColumnType.VARCHAR), wide);
    }
}

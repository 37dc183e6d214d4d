package io.penstock.sinks.duckdb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.penstock.error.StateFailure.StateCorrupt;
import java.util.LinkedHashMap;
import java.util.Map;

/** A table of ours: its name and its columns, as the ledger keeps them. */
record TableEntry(String name, Columns columns) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static TableEntry of(String name, String json) {
        try {
            Map<String, Column> columns = new LinkedHashMap<>();
            for (JsonNode one : JSON.readTree(json)) {
                String field = one.required("field").textValue();
                columns.put(
                        field,
                        new Column(
                                field,
                                one.required("name").textValue(),
                                ColumnType.valueOf(one.required("type").textValue())));
            }
            return new TableEntry(name, new Columns(columns));
        } catch (JsonProcessingException | IllegalArgumentException broken) {
            throw new StateCorrupt(
                    "the columns of " + name + " in _penstock_tables cannot be read: restore the database from a"
                            + " backup",
                    broken);
        }
    }

    String json() {
        ArrayNode all = JSON.createArrayNode();
        for (Column column : columns.all()) {
            all.addObject()
                    .put("field", column.field())
                    .put("name", column.name())
                    .put("type", column.type().name());
        }
        return all.toString();
    }
}

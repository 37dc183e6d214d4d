package io.penstock.connectors.rest;

import io.penstock.config.Config;
import io.penstock.config.Setting;
import io.penstock.config.Type;
import io.penstock.config.Types;
import io.penstock.decode.Decoders.TextRepair;
import io.penstock.decode.format.CsvLayout;
import io.penstock.decode.format.Format;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How bodies are written. */
record BodyFormat(Format format) {

    private enum Notation {
        JSON,
        NDJSON,
        CSV,
        XML
    }

    private enum Archive {
        NONE,
        GZIP,
        ZIP
    }

    private static final Setting<Notation> TYPE_OF =
            Setting.of("type", "The notation: json, ndjson, csv or xml.", Types.oneOf(Notation.class), "json");
    private static final Setting<Archive> ARCHIVE = Setting.of(
            "archive",
            "What it is packed in: zip, or gzip for a file that the server does not declare as such.",
            Types.oneOf(Archive.class),
            "none");
    private static final Setting<String> ENTRIES = Setting.of(
            "entries",
            "What names in a zip archive end in to be read, such as .csv; all by default.",
            Types.text(),
            "");
    private static final Setting<Character> SEPARATOR =
            Setting.of("separator", "What stands between the fields of csv: one mark, or tab.", character(), ",");
    private static final Setting<Character> QUOTE =
            Setting.of("quote", "What stands around fields of csv: one mark.", character(), "\"");
    private static final Setting<List<String>> COLUMNS = Setting.of(
            "columns",
            "Names of the columns of csv; by default the first row has them.",
            Types.listOf(Types.text()),
            List.of());
    private static final Setting<Boolean> HEADER =
            Setting.of("header", "Whether the first row of csv names the columns.", Types.bool(), "true");
    private static final Setting<List<String>> LISTS = Setting.of(
            "lists", "Children of xml that are a list even when there is one.", Types.listOf(Types.text()), List.of());
    private static final Setting<TextRepair> TEXT_REPAIR = Setting.of(
            "text_repair",
            "Half a surrogate pair in json: replace it, or reject the record.",
            Types.oneOf(TextRepair.class),
            "replace");

    private static final Setting<Boolean> ALLOW_UNFRAMED = Setting.of(
            "allow_unframed",
            "Whether lines and rows are taken for whole when the connection ends, where the server tells no length.",
            Types.bool(),
            false);

    /** A notation alone, or a mapping. */
    static final Type<BodyFormat> TYPE = new BodyType(Types.object(
            List.of(TYPE_OF, ARCHIVE, ENTRIES, SEPARATOR, QUOTE, COLUMNS, HEADER, LISTS, TEXT_REPAIR, ALLOW_UNFRAMED),
            BodyFormat::of));

    private static Type<Character> character() {
        return Types.parsed("one mark such as ';', or tab", text -> {
            String mark = text.equals("tab") ? "\t" : text;
            if (mark.length() != 1) {
                throw new IllegalArgumentException("expected one mark");
            }
            return mark.charAt(0);
        });
    }

    private static BodyFormat of(Config config) {
        Format format = switch (config.value(TYPE_OF)) {
            case JSON -> Format.json();
            case NDJSON -> Format.ndjson();
            case CSV ->
                Format.csv(new CsvLayout(
                        config.value(SEPARATOR), config.value(QUOTE), config.value(COLUMNS), config.value(HEADER)));
            case XML -> Format.xml(Set.copyOf(config.value(LISTS)));
        };
        Format framed = config.value(ALLOW_UNFRAMED) ? format.allowUnframed() : format;
        Format repairing = framed.repairing(config.value(TEXT_REPAIR));
        return new BodyFormat(
                switch (config.value(ARCHIVE)) {
                    case NONE -> repairing;
                    case GZIP -> repairing.gzipped();
                    case ZIP -> repairing.zipped(config.value(ENTRIES));
                });
    }

    /** Takes the name of a notation for a mapping that says nothing else. */
    private record BodyType(Type<BodyFormat> mapping) implements Type<BodyFormat> {

        @Override
        public @Nullable BodyFormat read(Object raw, Place at) {
            return mapping.read(raw instanceof String ? Map.of("type", raw) : raw, at);
        }

        @Override
        public String words() {
            return "json, ndjson, csv or xml, or a mapping such as { type: csv, separator: ';' }";
        }

        @Override
        public Map<String, Object> schema() {
            return Map.of("oneOf", List.of(Map.of("enum", List.of("json", "ndjson", "csv", "xml")), mapping.schema()));
        }
    }
}

package io.penstock.sinks.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import io.penstock.error.BadConfig.ConfigError;
import io.penstock.parts.Compression;
import io.penstock.parts.LineReader;
import io.penstock.parts.PartFormat;
import io.penstock.parts.directory.ChannelStream;
import io.penstock.record.RecordBytes;
import io.penstock.record.Shape;
import io.penstock.record.StreamInfo;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Parts of comma-separated values by RFC 4180, in UTF-8, each with a header of all fields known when it was written.
 *
 * <p>Null and a missing field are an empty cell, an empty text is {@code ""}; objects and arrays are their JSON.
 */
final class CsvFormat implements PartFormat {

    private static final JsonFactory JSON = new JsonFactory();
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String VALUE = "value";

    private final Compression compression;

    CsvFormat(Compression compression) {
        this.compression = compression;
    }

    /** The fields of a stage's records. */
    private static final class Fields implements Scan {
        private Shape shape = Shape.EMPTY;

        @Override
        public void add(RecordBytes records) {
            shape = shape.and(records.shape());
        }

        @Override
        public void clear() {
            shape = Shape.EMPTY;
        }
    }

    @Override
    public String ending() {
        return ".csv" + compression.ending();
    }

    @Override
    public Scan scan() {
        return new Fields();
    }

    @Override
    public String grown(StreamInfo stream, String memory, List<Scan> seen) {
        Set<String> header = new LinkedHashSet<>(memory.isEmpty() ? ofSchema(stream) : read(memory));
        for (Scan one : seen) {
            ((Fields) one)
                    .shape
                    .fields()
                    .forEach((field, kinds) -> header.add((kinds & Shape.NOT_AN_OBJECT) != 0 ? VALUE : field));
        }
        if (header.isEmpty()) {
            header.add(VALUE); // records without any field are rows nevertheless
        }
        return MAPPER.valueToTree(header).toString();
    }

    private static Collection<String> ofSchema(StreamInfo stream) {
        Set<String> fields = new LinkedHashSet<>();
        try {
            JsonNode schema = MAPPER.readTree(stream.schema().orElse("{}"));
            schema.path("properties").fieldNames().forEachRemaining(fields::add);
        } catch (JsonProcessingException broken) {
            throw new ConfigError(
                    "expected a JSON Schema as the schema of the stream: " + broken.getOriginalMessage(), broken);
        }
        return fields;
    }

    private static List<String> read(String memory) {
        try {
            return Arrays.asList(MAPPER.readValue(memory, String[].class));
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException(broken);
        }
    }

    @Override
    public String write(Job job) throws IOException {
        List<String> header = read(job.memory());
        Map<String, Integer> places = new HashMap<>();
        for (String field : header) {
            places.put(field, places.size());
        }
        try (FileChannel file = job.disk().open(job.part(), StandardOpenOption.CREATE_NEW);
                Writer text = new BufferedWriter(
                        new OutputStreamWriter(compression.over(new ChannelStream(file, 0)), StandardCharsets.UTF_8));
                CsvWriter csv = CsvWriter.builder()
                        .quoteStrategy(QuoteStrategies.EMPTY)
                        .lineDelimiter(LineDelimiter.CRLF)
                        .build(text)) {
            csv.writeRecord(header);
            @Nullable String[] cells = new @Nullable String[header.size()];
            for (Path lines : job.lines()) {
                try (LineReader reader = new LineReader(lines)) {
                    while (reader.next()) {
                        Arrays.fill(cells, null);
                        read(reader, places, cells);
                        csv.writeRecord(cells);
                    }
                }
            }
        }
        return job.memory();
    }

    private static void read(LineReader line, Map<String, Integer> places, @Nullable String[] cells)
            throws IOException {
        try (JsonParser parser = JSON.createParser(line.array(), line.start(), line.length())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                cells[place(VALUE, places)] =
                        new String(line.array(), line.start(), line.length(), StandardCharsets.UTF_8).strip();
                return;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                int place = place(parser.currentName(), places);
                cells[place] = cell(line, parser, parser.nextToken());
            }
        }
    }

    private static int place(String field, Map<String, Integer> places) {
        Integer place = places.get(field);
        if (place == null) {
            throw new IllegalStateException("the field " + field + " was not seen when its record was taken");
        }
        return place;
    }

    private static @Nullable String cell(LineReader line, JsonParser parser, JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_NULL) {
            return null;
        }
        if (!value.isStructStart()) {
            return parser.getText();
        }
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        int end = (int) parser.currentLocation().getByteOffset();
        return new String(line.array(), line.start() + start, end - start, StandardCharsets.UTF_8);
    }

    @Override
    public String look(Path folder) {
        return LineFormat.look(folder, ending(), compression);
    }

    @Override
    public void close() {
        // nothing is open
    }
}

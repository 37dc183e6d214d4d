package io.penstock.sinks.parquet;

import io.penstock.columns.ColumnType;
import io.penstock.columns.Columns.Column;
import io.penstock.columns.Load;
import io.penstock.columns.RejectFinder;
import io.penstock.columns.Session;
import io.penstock.columns.SpoolRewriter;
import io.penstock.columns.Sql;
import io.penstock.columns.SqlFailures;
import io.penstock.error.SinkFailure.SinkPermanent;
import io.penstock.parts.PartFormat;
import io.penstock.parts.directory.FileNames;
import io.penstock.record.StreamInfo;
import io.penstock.sinks.parquet.ParquetProvider.Codec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.duckdb.DuckDBDriver;
import org.jspecify.annotations.Nullable;

/** Parts in Parquet, written by a DuckDB in memory that is opened for the first of them. */
final class ParquetFormat implements PartFormat {

    private final Codec codec;
    private final String memoryLimit;
    private @Nullable Session session;

    ParquetFormat(Codec codec, String memoryLimit) {
        this.codec = codec;
        this.memoryLimit = memoryLimit;
    }

    @Override
    public String ending() {
        return ".parquet";
    }

    @Override
    public Scan scan() {
        return new ParquetScan();
    }

    @Override
    public String grown(StreamInfo stream, String memory, List<Scan> seen) {
        ParquetMemory before = memory.isEmpty() ? ParquetMemory.of(stream) : ParquetMemory.of(memory);
        return before.grown(scans(seen)).text();
    }

    private static List<ParquetScan> scans(List<Scan> seen) {
        return seen.stream().map(ParquetScan.class::cast).toList();
    }

    @Override
    public String write(Job job) throws IOException {
        Path rewritten = job.part().resolveSibling(job.part().getFileName() + ".lines");
        try {
            ParquetMemory memory = ParquetMemory.of(job.memory());
            for (Optional<Column> finer = attempt(job, memory, rewritten);
                    finer.isPresent();
                    finer = attempt(job, memory, rewritten)) {
                memory = memory.asText(finer.get());
            }
            return memory.text();
        } catch (SQLException failure) {
            throw SqlFailures.sorted(job.part(), failure);
        } finally {
            Files.deleteIfExists(rewritten);
        }
    }

    /** One try; gives the column that must become text before the next try, if there is one. */
    private Optional<Column> attempt(Job job, ParquetMemory memory, Path rewritten) throws IOException, SQLException {
        Session open = opened(job.lines().get(0));
        Load load = load(job, memory, rewritten);
        try {
            long rows = open.update("COPY (" + select(load) + ") TO "
                    + Sql.text(job.part().toString())
                    + " (FORMAT parquet, USE_TMP_FILE false, COMPRESSION " + codec.sql() + ")");
            if (rows != job.rows()) {
                throw new SinkPermanent("expected " + job.rows() + " rows in " + job.part() + ", but DuckDB wrote "
                        + rows + ": nothing of the commit counts; run again");
            }
            return Optional.empty();
        } catch (SQLException failure) {
            Files.deleteIfExists(job.part());
            Optional<Column> finer = SqlFailures.isConversion(failure)
                    ? new RejectFinder(open, job.stream().id()).finer(load)
                    : Optional.empty();
            if (finer.isEmpty()) {
                throw failure;
            }
            return finer;
        }
    }

    /** Parquet has no integers of 128 bits, and DuckDB would write them as floating point. */
    private static String select(Load load) {
        return load.columns().stream()
                .map(column -> {
                    String name = Sql.name(column.name());
                    return column.type() == ColumnType.HUGEINT
                            ? "CAST(" + name + " AS DECIMAL(38,0)) AS " + name
                            : name;
                })
                .collect(Collectors.joining(
                        ", ", "SELECT ", " FROM (SELECT " + load.expressions() + " FROM " + load.source() + ")"));
    }

    private static Load load(Job job, ParquetMemory memory, Path rewritten) throws IOException {
        Set<String> inexact = new TreeSet<>();
        long longest = 0;
        boolean objects = true;
        for (ParquetScan scan : scans(job.seen())) {
            inexact.addAll(scan.inexact());
            longest = Math.max(longest, scan.longest());
            objects = objects && scan.isObjects();
        }
        List<Column> columns = List.copyOf(memory.columns().all());
        Load load = new Load(job.lines(), columns, Set.of(), longest);
        if (!load.isRenamed() && inexact.isEmpty() && objects) {
            return load;
        }
        Set<String> asText = columns.stream()
                .filter(column -> column.type() == ColumnType.JSON)
                .map(Column::field)
                .filter(inexact::contains)
                .collect(Collectors.toSet());
        SpoolRewriter rewriter = new SpoolRewriter(memory.columns(), asText);
        Files.deleteIfExists(rewritten); // of a try before
        rewriter.rewrite(job.lines(), rewritten);
        return new Load(List.of(rewritten), columns, asText, rewriter.longest());
    }

    private Session opened(Path lines) throws SQLException {
        Session open = session;
        if (open == null) {
            open = new Session(new DuckDBDriver().connect("jdbc:duckdb:", new Properties()), lines);
            session = open;
            open.execute("SET memory_limit = " + Sql.text(memoryLimit));
            open.execute("SET temp_directory = "
                    + Sql.text(Objects.requireNonNull(lines.getParent())
                            .resolve("temp")
                            .toString()));
            open.execute("SET autoinstall_known_extensions = false");
            open.execute("SET TimeZone = 'UTC'");
        }
        return open;
    }

    @Override
    public String look(Path folder) {
        String sql = "SELECT * FROM read_parquet('" + folder.toString().replace("'", "''")
                + "/**/*.parquet', union_by_name = true, hive_partitioning = false) LIMIT 10";
        boolean plain = folder.toString().matches("[\\w ./-]+");
        return "duckdb :memory: " + (plain ? '"' + sql + '"' : FileNames.quoted(sql));
    }

    @Override
    public void close() throws IOException {
        Session open = session;
        session = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException failure) {
                throw new IOException("DuckDB cannot be closed: " + failure.getMessage(), failure);
            }
        }
    }
}

package io.penstock.columns;

import io.penstock.columns.Columns.Column;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The bulk statement of one commit: which lines are read, and how each column comes out of them.
 *
 * @param lines the files, read in order
 * @param columns the columns that occur in it
 * @param asText fields whose values are texts that hold JSON
 * @param longest bytes of its longest line
 */
public record Load(List<Path> lines, List<Column> columns, Set<String> asText, long longest) {

    private static final long LEAST = 1 << 20;

    /** The names of the columns, for an insert. */
    public String names() {
        return columns.stream().map(column -> Sql.name(column.name())).collect(Collectors.joining(", "));
    }

    /** The columns as expressions on {@link #source}. */
    public String expressions() {
        return columns.stream()
                .map(column -> expression(column) + " AS " + Sql.name(column.name()))
                .collect(Collectors.joining(", "));
    }

    /** The lines as a table. */
    public String source() {
        String types = columns.stream()
                .map(column -> Sql.text(column.name()) + ": " + Sql.text(readAs(column)))
                .collect(Collectors.joining(", "));
        String files = lines.stream().map(file -> Sql.text(file.toString())).collect(Collectors.joining(", "));
        return "read_json([" + files + "], format = 'newline_delimited', records = true, maximum_object_size = "
                + Math.max(LEAST, longest + 1) + ", columns = {" + types + "})";
    }

    /** The same lines as other columns. */
    public Load of(List<Column> others) {
        return new Load(lines, others, asText, longest);
    }

    /** Whether a column is not called as its field, so that the lines cannot be read as they are. */
    public boolean isRenamed() {
        return columns.stream().anyMatch(column -> !column.name().equals(column.field()));
    }

    private String readAs(Column column) {
        boolean text = isTime(column) || asText.contains(column.field());
        return text ? ColumnType.VARCHAR.sql() : column.type().sql();
    }

    /** Whether the column's values are checked by us, because DuckDB would cut off what does not fit. */
    public static boolean isTime(Column column) {
        return column.type() == ColumnType.TIMESTAMP || column.type() == ColumnType.DATE;
    }

    private String expression(Column column) {
        String value = Sql.name(column.name());
        if (isTime(column)) {
            return "CAST(" + checked(column) + " AS " + column.type().sql() + ")";
        }
        return asText.contains(column.field()) ? "CAST(" + value + " AS JSON)" : value;
    }

    /** The text of a time, null where there is none, or one that cannot be cast if DuckDB would cut off a part of it. */
    public static String checked(Column column) {
        String value = Sql.name(column.name());
        String fits = column.type() == ColumnType.DATE
                ? "length(" + value + ") = 10"
                : "length(" + value + ") <= 27 OR NOT regexp_matches(" + value + ", '[.,][0-9]{6}[0-9]*[1-9]')";
        return "CASE WHEN " + value + " IS NULL OR " + fits + " THEN " + value + " ELSE 'does not fit' END";
    }
}

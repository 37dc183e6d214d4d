package io.penstock.cli.view;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Columns side by side: text to the left, numbers to the right. */
public final class Table {

    private static final Pattern NUMBER = Pattern.compile("-|NULL|-?[0-9][0-9,.]*( (kB|MB|GB|s|%))?");

    private final List<List<String>> rows = new ArrayList<>();

    public Table(List<String> headings) {
        rows.add(headings);
    }

    public void add(List<String> row) {
        rows.add(row);
    }

    public List<String> lines() {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        boolean[] numbers = new boolean[columns];
        for (int column = 0; column < columns; column++) {
            int at = column;
            widths[at] =
                    rows.stream().mapToInt(row -> length(row.get(at))).max().orElse(0);
            numbers[at] = rows.size() > 1
                    && rows.stream()
                            .skip(1)
                            .allMatch(row -> NUMBER.matcher(row.get(at)).matches());
        }
        return rows.stream().map(row -> line(row, widths, numbers)).toList();
    }

    private static String line(List<String> row, int[] widths, boolean[] numbers) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = row.get(column);
            String padding = " ".repeat(widths[column] - length(cell));
            line.append(column == 0 ? "" : "  ");
            line.append(numbers[column] ? padding + cell : cell + padding);
        }
        return line.toString().stripTrailing();
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}

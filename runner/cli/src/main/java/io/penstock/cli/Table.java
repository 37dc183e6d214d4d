package io.penstock.cli;

import java.util.ArrayList;
import java.util.List;

/** Columns side by side: the first two to the left, numbers to the right. */
final class Table {

    private static final int LEFT = 2;

    private final List<List<String>> rows = new ArrayList<>();

    Table(List<String> headings) {
        rows.add(headings);
    }

    void add(List<String> row) {
        rows.add(row);
    }

    List<String> lines() {
        return rows.stream().map(this::line).toList();
    }

    private String line(List<String> row) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            String padding = " ".repeat(width(column) - row.get(column).length());
            line.append(column == 0 ? "" : "  ");
            line.append(column < LEFT ? row.get(column) + padding : padding + row.get(column));
        }
        return line.toString().stripTrailing();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}

package io.penstock.sinks.parquet;

import io.penstock.columns.NumberScan;
import io.penstock.parts.PartFormat;
import io.penstock.record.RecordBytes;
import io.penstock.record.Shape;
import java.io.IOException;
import java.util.Set;

/** What is seen of the records of one stage. One caller at a time. */
final class ParquetScan implements PartFormat.Scan {

    private final NumberScan numbers = new NumberScan();
    private Shape shape = Shape.EMPTY;
    private int longest;

    @Override
    public void add(RecordBytes records) throws IOException {
        shape = shape.and(records.shape());
        numbers.scan(records);
        for (int i = 0; i < records.size(); i++) {
            longest = Math.max(longest, records.end(i) - records.start(i));
        }
    }

    @Override
    public void clear() {
        shape = Shape.EMPTY;
        numbers.clear();
        longest = 0;
    }

    Shape shape() {
        return shape;
    }

    Set<String> inexact() {
        return numbers.inexact();
    }

    Set<String> wide() {
        return numbers.wide();
    }

    int longest() {
        return longest;
    }

    boolean isObjects() {
        return shape.fields().values().stream().noneMatch(kinds -> (kinds & Shape.NOT_AN_OBJECT) != 0);
    }
}

package io.penstock.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldScanTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"at":"2025-01-01"}                             | 2025-01-01
                    {"id":7,"at":"x"}                               | x
                    {"o":{"at":"inner"},"at":"outer"}               | outer
                    {"a":["at",{"at":1}],"at":2}                    | 2
                    {"s":"quote \\" and } and , \\\\","at":true}    | true
                    { "b" : 1 , "at" : -1.5e3 }                     | -1.5e3
                    {"at":"a\\"b\\u00e9\\n"}                        | 'a"bé
                    '
                    {"at":"","z":1}                                 | ''
                    """)
    void findsTheTopLevelFieldAndNoOther(String record, String value) {
        assertThat(FieldScan.of("at").text(RecordBytes.ofLines(Shape.EMPTY, record.strip()), 0))
                .isEqualTo(value.stripTrailing().equals("'a\"bé") ? "a\"bé\n" : value);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {}
                    {"at":null}
                    {"at":{"x":1}}
                    {"at":[1]}
                    {"o":{"at":"inner"}}
                    {"att":"longer","a":"shorter"}
                    "at"
                    [{"at":1}]
                    """)
    void findsNothingWhereThereIsNoScalar(String record) {
        assertThat(FieldScan.of("at").text(RecordBytes.ofLines(Shape.EMPTY, record.strip()), 0))
                .isNull();
    }

    @Test
    void looksIntoTheRecordItIsToldTo() {
        RecordBytes records = RecordBytes.ofLines(Shape.EMPTY, "{\"at\":1}", "{\"x\":0}", "{\"at\":3}");
        FieldScan scan = FieldScan.of("at");
        assertThat(scan.text(records, 0)).isEqualTo("1");
        assertThat(scan.text(records, 1)).isNull();
        assertThat(scan.text(records, 2)).isEqualTo("3");
    }
}

package io.penstock.runner.mapping.verb;

import io.penstock.runner.mapping.value.FieldPath;
import io.penstock.runner.mapping.value.Fields;
import io.penstock.runner.mapping.value.Raw;
import io.penstock.runner.mapping.value.Raw.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with {@code {field}} in it, filled from a record in one pass: what was put in is never looked at again.
 *
 * @param texts around the fields: one more than there are fields
 * @param fields what is put between them
 */
record Template(List<String> texts, List<FieldPath> fields) {

    private static final Pattern FIELD = Pattern.compile("\\{([A-Za-z_][A-Za-z0-9_.]*|/[^{}]+)\\}");

    Template {
        texts = List.copyOf(texts);
        fields = List.copyOf(fields);
    }

    static Template of(String text) {
        List<String> texts = new ArrayList<>();
        List<FieldPath> fields = new ArrayList<>();
        Matcher found = FIELD.matcher(text);
        int end = 0;
        while (found.find()) {
            texts.add(text.substring(end, found.start()));
            fields.add(FieldPath.of(found.group(1)));
            end = found.end();
        }
        texts.add(text.substring(end));
        return new Template(texts, fields);
    }

    boolean isConstant() {
        return fields.isEmpty();
    }

    /** The single field that is all there is, if so. */
    Optional<FieldPath> whole() {
        return fields.size() == 1 && texts.stream().allMatch(String::isEmpty)
                ? Optional.of(fields.get(0))
                : Optional.empty();
    }

    /** A field alone keeps its value's type; in a text every value becomes text, and one that is missing makes it all null. */
    Raw fill(Fields record) {
        StringBuilder text = new StringBuilder(texts.get(0));
        for (int i = 0; i < fields.size(); i++) {
            Raw value = fields.get(i).in(record);
            if (value == null || value.kind() == Kind.NULL) {
                return Raw.NULL;
            }
            if (whole().isPresent()) {
                return value;
            }
            text.append(value.text()).append(texts.get(i + 1));
        }
        return Raw.text(text.toString());
    }
}

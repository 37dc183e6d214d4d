package io.penstock.testkit.model.hostile;

import java.util.ArrayList;
import java.util.List;

/** Finds the records in the text of an answer: the objects that begin with an id. */
final class Records {

    /** How every record of the model begins. */
    static final String BEGIN = "{\"id\":\"";

    private Records() {}

    /** The text of {@code page} with something put first into its first record, such as {@code "x":1}. */
    static String inFirst(String page, String field) {
        int at = page.indexOf(BEGIN);
        return at < 0 ? page : page.substring(0, at + 1) + field + "," + page.substring(at + 1);
    }

    /** The records of {@code page}, in order. */
    static List<String> of(String page) {
        List<String> records = new ArrayList<>();
        for (int at = page.indexOf(BEGIN); at >= 0; ) {
            int end = end(page, at);
            records.add(page.substring(at, end));
            at = page.indexOf(BEGIN, end);
        }
        return records;
    }

    /** {@code page} with other records in the place of its own; the array itself stays. */
    static String replaced(String page, List<String> records) {
        List<String> own = of(page);
        if (own.isEmpty()) {
            return page;
        }
        int from = page.indexOf(own.get(0));
        String last = own.get(own.size() - 1);
        int to = page.lastIndexOf(last) + last.length();
        return page.substring(0, from) + String.join(",", records) + page.substring(to);
    }

    /** Behind the closing brace of the object at {@code from}. */
    private static int end(String page, int from) {
        int depth = 0;
        boolean text = false;
        for (int at = from; at < page.length(); at++) {
            char c = page.charAt(at);
            if (text && c == '\\') {
                at++;
            } else if (c == '"') {
                text = !text;
            } else if (!text && c == '{') {
                depth++;
            } else if (!text && c == '}' && --depth == 0) {
                return at + 1;
            }
        }
        return page.length();
    }
}

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

    /** {@code page} with {@code records}, as many as it has, each in the place of one of its own. */
    static String replaced(String page, List<String> records) {
        StringBuilder text = new StringBuilder(page.length());
        int from = 0;
        int index = 0;
        for (String own : of(page)) {
            int at = page.indexOf(own, from);
            text.append(page, from, at).append(records.get(index++));
            from = at + own.length();
        }
        return text.append(page.substring(from)).toString();
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

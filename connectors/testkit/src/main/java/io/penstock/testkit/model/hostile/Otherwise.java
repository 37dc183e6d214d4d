package io.penstock.testkit.model.hostile;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lists that answer another question than was asked. */
final class Otherwise {

    private Otherwise() {}

    /** Pages are shorter than asked for, though there is more. */
    static final class ShortPages implements Play {

        private static final Pattern SIZE = Pattern.compile("([?&](?:limit|per_page)=)\\d+");

        @Override
        public String asked(String uri) {
            return SIZE.matcher(uri).replaceFirst("$117");
        }

        @Override
        public Played on(Moment moment) {
            return asked(moment.uri()).equals(moment.uri())
                    ? moment.asItIs()
                    : new Played.Whole(Moment.with(moment.reply(), moment.body()));
        }
    }

    /** A record is inserted in front behind the first page: all others move, and one comes again at the seam. */
    static final class OffsetDrift implements Play {

        private static final Pattern OFFSET = Pattern.compile("([?&]offset=)([1-9]\\d*)");
        private static final Pattern TOTAL = Pattern.compile("\"total\":(\\d+)}$");

        @Override
        public String asked(String uri) {
            return OFFSET.matcher(uri).replaceFirst(found -> found.group(1) + (Long.parseLong(found.group(2)) - 1));
        }

        @Override
        public Played on(Moment moment) {
            return OFFSET.matcher(moment.uri()).find() ? moment.rewritten(OffsetDrift::oneMore) : moment.asItIs();
        }

        private static String oneMore(String page) {
            return TOTAL.matcher(page)
                    .replaceFirst(found ->
                            Matcher.quoteReplacement("\"total\":" + (Long.parseLong(found.group(1)) + 1) + "}"));
        }
    }
}

package io.penstock.testkit.model.hostile;

import java.util.regex.Pattern;

/** Pages are shorter than asked for, though there is more. */
final class ShortPages implements Play {

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

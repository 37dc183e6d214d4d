package io.penstock.testkit.model.record;

/** A person who buys. */
final class CustomerShape implements Shape {

    private static final byte[] NAME = Bytes.utf8(",\"name\":\"");
    private static final byte[] EMAIL = Bytes.utf8("\",\"email\":\"customer.");
    private static final byte[] PHONE_NONE = Bytes.utf8("@example.com\",\"phone\":null");
    private static final byte[] PHONE = Bytes.utf8("@example.com\",\"phone\":\"+44 20 ");
    private static final byte[] ACTIVE = Bytes.utf8(",\"active\":");
    private static final byte[] SEGMENT = Bytes.utf8(",\"segment\":\"");
    private static final byte[] CREDIT = Bytes.utf8("\",\"credit_limit\":");
    private static final byte[] POINTS = Bytes.utf8(",\"loyalty_points\":");
    private static final byte[] ADDRESS = Bytes.utf8(",\"address\":{\"street\":\"");
    private static final byte[] CITY = Bytes.utf8("\",\"city\":\"");
    private static final byte[] POSTAL = Bytes.utf8("\",\"postal_code\":\"");
    private static final byte[] COUNTRY = Bytes.utf8("\",\"country\":\"");
    private static final byte[] TAGS = Bytes.utf8("\"},\"tags\":[\"");
    private static final byte[] NEXT = Bytes.utf8("\",\"");
    private static final byte[] NOTES = Bytes.utf8("\"],\"notes\":");
    private static final byte[] NULL = Bytes.utf8("null");
    private static final byte[][] SEGMENTS = Words.all("consumer", "small_business", "enterprise", "public_sector");

    @Override
    public void write(Facts facts, Bytes out) {
        Draw fixed = facts.fixed();
        Draw current = facts.current();
        out.raw(NAME).raw(fixed.of(Words.FIRST)).ascii(' ').raw(fixed.of(Words.LAST));
        out.raw(EMAIL).number(facts.index + 1L);
        contact(current, out);
        out.raw(ACTIVE).bool(current.chance(85));
        out.raw(SEGMENT).raw(fixed.of(SEGMENTS));
        out.raw(CREDIT).hundredths(current.below(2_000_000));
        out.raw(POINTS).number(current.below(50_000));
        address(current, out);
        out.raw(TAGS).raw(current.of(Words.TAG)).raw(NEXT).raw(current.of(Words.TAG));
        notes(current, out.raw(NOTES));
    }

    private static void contact(Draw draw, Bytes out) {
        if (draw.chance(25)) {
            out.raw(PHONE_NONE);
        } else {
            out.raw(PHONE).padded(draw.below(100_000_000), 8).ascii('"');
        }
    }

    private static void address(Draw draw, Bytes out) {
        out.raw(ADDRESS).number(1L + draw.below(220)).ascii(' ').raw(draw.of(Words.STREET));
        out.raw(CITY).raw(draw.of(Words.CITY));
        out.raw(POSTAL).padded(draw.below(100_000), 5);
        out.raw(COUNTRY).raw(draw.of(Words.COUNTRY));
    }

    private static void notes(Draw draw, Bytes out) {
        if (draw.chance(40)) {
            out.raw(NULL);
        } else {
            out.ascii('"').raw(draw.of(Words.NOTE)).ascii('"');
        }
    }
}

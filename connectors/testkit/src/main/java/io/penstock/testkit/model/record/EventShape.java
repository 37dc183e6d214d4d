package io.penstock.testkit.model.record;

/** What a customer did; never changes. */
final class EventShape implements Shape {

    private static final byte[] TYPE = Bytes.utf8(",\"type\":\"");
    private static final byte[] CUSTOMER = Bytes.utf8("\",\"customer_id\":\"");
    private static final byte[] OCCURRED = Bytes.utf8("\",\"occurred_at\":\"");
    private static final byte[] SESSION = Bytes.utf8("\",\"session\":\"s-");
    private static final byte[] IP = Bytes.utf8("\",\"ip\":\"198.51.100.");
    private static final byte[] PAGE = Bytes.utf8("\",\"properties\":{\"path\":\"/shop/");
    private static final byte[] TERM = Bytes.utf8("\",\"term\":\"");
    private static final byte[] REFERRER = Bytes.utf8("\",\"referrer\":null,\"duration_ms\":");
    private static final byte[] SCREEN = Bytes.utf8(",\"screen\":{\"width\":");
    private static final byte[] HEIGHT = Bytes.utf8(",\"height\":");
    private static final byte[] FLAGS = Bytes.utf8("}},\"flags\":[\"");
    private static final byte[] NEXT = Bytes.utf8("\",\"");
    private static final byte[] MOBILE = Bytes.utf8("\"],\"mobile\":");
    private static final byte[] VALUE = Bytes.utf8(",\"value\":");
    private static final byte[] NULL = Bytes.utf8("null");
    private static final byte[][] TYPES =
            Words.all("page.viewed", "search.made", "cart.filled", "order.placed", "login.failed", "profile.changed");

    @Override
    public void write(Facts facts, Bytes out) {
        Draw draw = facts.fixed();
        out.raw(TYPE).raw(draw.of(TYPES));
        ModelStream.CUSTOMERS.writeId(draw.below(facts.records), out.raw(CUSTOMER));
        out.raw(OCCURRED).instant(facts.created);
        out.raw(SESSION).padded(draw.next() >>> 4, 18);
        out.raw(IP).number(1L + draw.below(254));
        properties(draw, out);
        out.raw(FLAGS).raw(draw.of(Words.TAG)).raw(NEXT).raw(draw.of(Words.TAG));
        out.raw(MOBILE).bool(draw.chance(55)).raw(VALUE);
        if (draw.chance(70)) {
            out.raw(NULL);
        } else {
            out.hundredths(draw.below(100_000));
        }
    }

    private static void properties(Draw draw, Bytes out) {
        out.raw(PAGE).raw(draw.of(Words.TAG)).ascii('/').number(draw.below(100_000));
        out.raw(TERM).raw(draw.of(Words.NOTE));
        out.raw(REFERRER).number(draw.below(600_000));
        out.raw(SCREEN).number(320L + draw.below(3520));
        out.raw(HEIGHT).number(480L + draw.below(1680));
    }
}

package io.penstock.testkit.model.record;

/** What a customer was asked to pay. */
final class InvoiceShape implements Shape {

    private static final byte[] NUMBER = Bytes.utf8(",\"number\":\"INV-2025-");
    private static final byte[] CUSTOMER = Bytes.utf8("\",\"customer_id\":\"");
    private static final byte[] ORDER = Bytes.utf8("\",\"order_id\":\"");
    private static final byte[] STATUS = Bytes.utf8("\",\"status\":\"");
    private static final byte[] ISSUED = Bytes.utf8("\",\"issued_at\":\"");
    private static final byte[] DUE = Bytes.utf8("\",\"due_date\":\"");
    private static final byte[] CURRENCY = Bytes.utf8("\",\"currency\":\"");
    private static final byte[] NET = Bytes.utf8("\",\"net\":");
    private static final byte[] RATE = Bytes.utf8(",\"tax_rate\":");
    private static final byte[] TAX = Bytes.utf8(",\"tax\":");
    private static final byte[] GROSS = Bytes.utf8(",\"gross\":");
    private static final byte[] PAID = Bytes.utf8(",\"paid_at\":");
    private static final byte[] NULL = Bytes.utf8("null");
    private static final byte[] REMINDERS = Bytes.utf8(",\"reminders\":");
    private static final byte[] BILLING = Bytes.utf8(",\"billing\":{\"name\":\"");
    private static final byte[] CITY = Bytes.utf8("\",\"city\":\"");
    private static final byte[] VAT = Bytes.utf8("\",\"vat_id\":\"");
    private static final byte[] LABELS = Bytes.utf8("\"},\"labels\":[\"");
    private static final byte[] DISPUTED = Bytes.utf8("\"],\"disputed\":");
    private static final byte[] MEMO = Bytes.utf8(",\"memo\":\"");
    private static final byte[][] STATES = Words.all("draft", "open", "paid", "void", "uncollectible");
    private static final int[] RATES = {0, 7, 19, 20, 25};

    @Override
    public void write(Facts facts, Bytes out) {
        Draw fixed = facts.fixed();
        Draw current = facts.current();
        out.raw(NUMBER).padded(facts.index + 1L, 9);
        ModelStream.CUSTOMERS.writeId(fixed.below(facts.records), out.raw(CUSTOMER));
        ModelStream.ORDERS.writeId(fixed.below(facts.records), out.raw(ORDER));
        out.raw(STATUS).raw(current.of(STATES));
        out.raw(ISSUED).instant(facts.created);
        out.raw(DUE).date(facts.created + 30 * Dates.DAY);
        out.raw(CURRENCY).raw(fixed.of(Words.CURRENCY));
        amounts(fixed, out);
        payment(facts, current, out);
        out.raw(BILLING).raw(fixed.of(Words.FIRST)).ascii(' ').raw(fixed.of(Words.LAST));
        out.raw(CITY).raw(fixed.of(Words.CITY));
        out.raw(VAT).raw(fixed.of(Words.COUNTRY)).padded(fixed.below(1_000_000_000), 9);
        out.raw(LABELS).raw(current.of(Words.TAG));
        out.raw(DISPUTED).bool(current.chance(3));
        out.raw(MEMO).raw(current.of(Words.NOTE)).ascii('"');
    }

    private static void amounts(Draw draw, Bytes out) {
        long net = 500L + draw.below(5_000_000);
        int rate = RATES[draw.below(RATES.length)];
        long tax = (net * rate + 50) / 100;
        out.raw(NET).hundredths(net).raw(RATE).hundredths(rate);
        out.raw(TAX).hundredths(tax).raw(GROSS).hundredths(net + tax);
    }

    private static void payment(Facts facts, Draw draw, Bytes out) {
        out.raw(PAID);
        if (draw.chance(45)) {
            out.raw(NULL);
        } else {
            out.ascii('"').instant(facts.updated).ascii('"');
        }
        out.raw(REMINDERS).number(draw.below(4));
    }
}

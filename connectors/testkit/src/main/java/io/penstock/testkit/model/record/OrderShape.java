package io.penstock.testkit.model.record;

/** What a customer ordered. {@code ordered_at} is spread over the twelve months of 2025, also for later orders. */
final class OrderShape implements Shape {

    private static final byte[] CUSTOMER = Bytes.utf8(",\"customer_id\":\"");
    private static final byte[] STATUS = Bytes.utf8("\",\"status\":\"");
    private static final byte[] ORDERED = Bytes.utf8("\",\"ordered_at\":\"");
    private static final byte[] CURRENCY = Bytes.utf8("\",\"currency\":\"");
    private static final byte[] ITEMS = Bytes.utf8("\",\"items\":[");
    private static final byte[] SKU = Bytes.utf8("{\"sku\":\"SKU-");
    private static final byte[] QUANTITY = Bytes.utf8("\",\"quantity\":");
    private static final byte[] PRICE = Bytes.utf8(",\"unit_price\":");
    private static final byte[] TOTAL = Bytes.utf8("],\"total\":");
    private static final byte[] PAID = Bytes.utf8(",\"paid\":");
    private static final byte[] SHIPPING = Bytes.utf8(",\"shipping\":{\"method\":\"");
    private static final byte[] CITY = Bytes.utf8("\",\"city\":\"");
    private static final byte[] EXPRESS = Bytes.utf8("\",\"express\":");
    private static final byte[] NOTE_NONE = Bytes.utf8("},\"note\":null");
    private static final byte[] NOTE = Bytes.utf8("},\"note\":\"");
    private static final byte[][] STATES = Words.all("pending", "paid", "packed", "shipped", "delivered", "returned");
    private static final byte[][] METHODS = Words.all("post", "courier", "pick-up", "freight");

    @Override
    public void write(Facts facts, Bytes out) {
        Draw fixed = facts.fixed();
        Draw current = facts.current();
        ModelStream.CUSTOMERS.writeId(fixed.below(facts.records), out.raw(CUSTOMER));
        out.raw(STATUS).raw(current.of(STATES));
        out.raw(ORDERED).instant(orderedAt(facts));
        out.raw(CURRENCY).raw(fixed.of(Words.CURRENCY));
        long total = items(fixed, out.raw(ITEMS));
        out.raw(TOTAL).hundredths(total + current.below(1500));
        out.raw(PAID).bool(current.chance(70));
        out.raw(SHIPPING).raw(current.of(METHODS));
        out.raw(CITY).raw(fixed.of(Words.CITY));
        out.raw(EXPRESS).bool(current.chance(20));
        note(current, out);
    }

    @Override
    public int facet(Facts facts) {
        return Dates.month(orderedAt(facts));
    }

    private static long orderedAt(Facts facts) {
        return facts.bornIn == 1
                ? facts.created
                : Dates.START + Math.floorMod(Draw.mix(facts.fixedKey), 365 * Dates.DAY);
    }

    private static long items(Draw draw, Bytes out) {
        long total = 0;
        int count = 1 + draw.below(4);
        for (int item = 0; item < count; item++) {
            int quantity = 1 + draw.below(9);
            int price = 99 + draw.below(50_000);
            total += (long) quantity * price;
            if (item > 0) {
                out.ascii(',');
            }
            out.raw(SKU).padded(draw.below(100_000), 6);
            out.raw(QUANTITY).number(quantity).raw(PRICE).hundredths(price).ascii('}');
        }
        return total;
    }

    private static void note(Draw draw, Bytes out) {
        if (draw.chance(60)) {
            out.raw(NOTE_NONE);
        } else {
            out.raw(NOTE).raw(draw.of(Words.NOTE)).ascii('"');
        }
    }
}

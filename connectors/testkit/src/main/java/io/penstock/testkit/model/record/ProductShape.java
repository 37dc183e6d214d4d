package io.penstock.testkit.model.record;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** What is for sale, in one of a closed set of categories. */
public final class ProductShape implements Shape {

    private static final byte[] SKU = Bytes.utf8(",\"sku\":\"SKU-");
    private static final byte[] NAME = Bytes.utf8("\",\"name\":\"");
    private static final byte[] CATEGORY = Bytes.utf8("\",\"category\":\"");
    private static final byte[] PRICE = Bytes.utf8("\",\"price\":");
    private static final byte[] CURRENCY = Bytes.utf8(",\"currency\":\"");
    private static final byte[] STOCK = Bytes.utf8("\",\"stock\":");
    private static final byte[] RATING = Bytes.utf8(",\"rating\":");
    private static final byte[] NULL = Bytes.utf8("null");
    private static final byte[] DISCONTINUED = Bytes.utf8(",\"discontinued\":");
    private static final byte[] WIDTH = Bytes.utf8(",\"dimensions\":{\"width_cm\":");
    private static final byte[] HEIGHT = Bytes.utf8(",\"height_cm\":");
    private static final byte[] WEIGHT = Bytes.utf8(",\"weight_kg\":");
    private static final byte[] TAGS = Bytes.utf8("},\"tags\":[\"");
    private static final byte[] NEXT = Bytes.utf8("\",\"");
    private static final byte[] DESCRIPTION = Bytes.utf8("\"],\"description\":\"");
    private static final byte[][] CATEGORIES =
            Words.all("books", "clothing", "electronics", "food", "garden", "home", "sports", "toys");
    private static final byte[][] ADJECTIVES =
            Words.all("Brass", "Folding", "Señorial", "Quiet", "Überleicht", "Twin", "Solar", "Woven");
    private static final byte[][] NOUNS =
            Words.all("Lantern", "Kettle", "Globe", "Rucksack", "Flöte", "Notebook", "Valve", "Lens 50\\u2033");

    ProductShape() {}

    /** The closed set of categories, in the order of their {@link #facet} from 1. */
    public static List<String> categories() {
        return Arrays.stream(CATEGORIES)
                .map(name -> new String(name, StandardCharsets.US_ASCII))
                .toList();
    }

    @Override
    public void write(Facts facts, Bytes out) {
        Draw fixed = facts.fixed();
        Draw current = facts.current();
        out.raw(SKU).padded(facts.index + 1L, 9);
        out.raw(NAME).raw(fixed.of(ADJECTIVES)).ascii(' ').raw(fixed.of(NOUNS));
        out.raw(CATEGORY).raw(CATEGORIES[facet(facts) - 1]);
        out.raw(PRICE).hundredths(99 + current.below(200_000));
        out.raw(CURRENCY).raw(fixed.of(Words.CURRENCY));
        out.raw(STOCK).number(current.below(5000)).raw(RATING);
        rating(current, out);
        out.raw(DISCONTINUED).bool(current.chance(5));
        out.raw(WIDTH).number(1L + fixed.below(200)).raw(HEIGHT).number(1L + fixed.below(200));
        out.raw(WEIGHT).hundredths(5 + fixed.below(4000));
        out.raw(TAGS).raw(current.of(Words.TAG)).raw(NEXT).raw(current.of(Words.TAG));
        out.raw(DESCRIPTION)
                .raw(fixed.of(Words.SENTENCE))
                .raw(current.of(Words.NOTE))
                .ascii('"');
    }

    @Override
    public int facet(Facts facts) {
        return 1 + Draw.scale(Draw.mix(facts.fixedKey), CATEGORIES.length);
    }

    private static void rating(Draw draw, Bytes out) {
        if (draw.chance(20)) {
            out.raw(NULL);
        } else {
            out.hundredths(100 + draw.below(401));
        }
    }
}

package io.penstock.testkit.model.record;

/** What was written, with a longer text than the other streams have. */
final class DocumentShape implements Shape {

    private static final byte[] TITLE = Bytes.utf8(",\"title\":\"");
    private static final byte[] AUTHOR = Bytes.utf8("\",\"author\":\"");
    private static final byte[] MEDIA = Bytes.utf8("\",\"media_type\":\"");
    private static final byte[] LANGUAGE = Bytes.utf8("\",\"language\":\"");
    private static final byte[] SIZE = Bytes.utf8("\",\"size_bytes\":");
    private static final byte[] PAGES = Bytes.utf8(",\"pages\":");
    private static final byte[] COST = Bytes.utf8(",\"storage_cost\":");
    private static final byte[] PUBLISHED = Bytes.utf8(",\"published\":");
    private static final byte[] REVIEWER = Bytes.utf8(",\"reviewed_by\":");
    private static final byte[] NULL = Bytes.utf8("null");
    private static final byte[] FOLDER = Bytes.utf8(",\"metadata\":{\"folder\":\"/archive/");
    private static final byte[] DIGEST = Bytes.utf8("\",\"digest\":\"");
    private static final byte[] KEYWORDS = Bytes.utf8("\"},\"keywords\":[\"");
    private static final byte[] NEXT = Bytes.utf8("\",\"");
    private static final byte[] SUMMARY = Bytes.utf8("\"],\"summary\":\"");
    private static final byte[][] TITLES =
            Words.all("Annual report", "Protokoll der Begehung", "Flow survey", "Étude d'impact", "監査報告", "Handbook");
    private static final byte[][] MEDIA_TYPES = Words.all("application/pdf", "text/markdown", "text/html");
    private static final byte[][] LANGUAGES = Words.all("en", "de", "fr", "ja");

    @Override
    public void write(Facts facts, Bytes out) {
        Draw fixed = facts.fixed();
        Draw current = facts.current();
        out.raw(TITLE).raw(fixed.of(TITLES)).ascii(' ').number(facts.index + 1L);
        out.raw(AUTHOR).raw(fixed.of(Words.FIRST)).ascii(' ').raw(fixed.of(Words.LAST));
        out.raw(MEDIA).raw(fixed.of(MEDIA_TYPES)).raw(LANGUAGE).raw(fixed.of(LANGUAGES));
        out.raw(SIZE).number(1000L + current.below(90_000_000));
        out.raw(PAGES).number(1L + current.below(400));
        out.raw(COST).hundredths(current.below(10_000));
        out.raw(PUBLISHED).bool(current.chance(60)).raw(REVIEWER);
        reviewer(facts, current, out);
        out.raw(FOLDER).padded(fixed.below(1000), 3);
        out.raw(DIGEST).padded(current.next() >>> 4, 18);
        out.raw(KEYWORDS).raw(fixed.of(Words.TAG)).raw(NEXT).raw(fixed.of(Words.TAG));
        out.raw(SUMMARY).raw(current.of(Words.SENTENCE)).raw(fixed.of(Words.SENTENCE));
        out.raw(current.of(Words.NOTE)).ascii('"');
    }

    private static void reviewer(Facts facts, Draw draw, Bytes out) {
        if (draw.chance(50)) {
            out.raw(NULL);
        } else {
            out.ascii('"');
            ModelStream.CUSTOMERS.writeId(draw.below(facts.records), out);
            out.ascii('"');
        }
    }
}

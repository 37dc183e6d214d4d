package io.penstock.testkit.model.record;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The six streams of the model API. */
@SuppressWarnings("ImmutableEnumChecker") // the bytes are written once and never handed out, shapes have no state
public enum ModelStream {
    /** People who buy; read by page number, one by id, changed by PUT and PATCH. */
    CUSTOMERS("cus_", new CustomerShape(), true),
    /** What they ordered; read by cursor, by month. */
    ORDERS("ord_", new OrderShape(), true),
    /** What they were asked to pay; read by offset and limit. */
    INVOICES("inv_", new InvoiceShape(), true),
    /** What they did; append-only; read by Link header. */
    EVENTS("evt_", new EventShape(), false),
    /** What is for sale; read by GraphQL. */
    PRODUCTS("prd_", new ProductShape(), true),
    /** What was written; the slow stream; read by the next URL in the body. */
    DOCUMENTS("doc_", new DocumentShape(), true);

    private static final byte[] ID = Bytes.utf8("{\"id\":\"");
    private static final byte[] VERSION = Bytes.utf8("\",\"version\":");
    private static final byte[] CREATED = Bytes.utf8(",\"created_at\":\"");
    private static final byte[] UPDATED = Bytes.utf8("\",\"updated_at\":\"");
    private static final byte[] TOMB_UPDATED = Bytes.utf8(",\"updated_at\":\"");
    private static final byte[] DELETED = Bytes.utf8("\",\"deleted\":true}");

    private final byte[] prefix;
    private final Shape shape;
    private final boolean changing;

    ModelStream(String prefix, Shape shape, boolean changing) {
        this.prefix = Bytes.utf8(prefix);
        this.shape = shape;
        this.changing = changing;
    }

    /**
     * The stream of that name.
     *
     * @throws IllegalArgumentException naming the streams there are
     */
    public static ModelStream named(String name) {
        return Arrays.stream(values())
                .filter(stream -> stream.streamName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no stream '" + name + "'; there are "
                        + Arrays.stream(values()).map(ModelStream::streamName).collect(Collectors.joining(", "))));
    }

    /** The name in paths and answers, such as {@code customers}. */
    public String streamName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether records change and go; false for the append-only events. */
    public boolean changing() {
        return changing;
    }

    /** See {@link Shape#facet}. */
    public int facet(Facts facts) {
        return shape.facet(facts);
    }

    /** Writes a record's id, such as {@code cus_000000123}. */
    public void writeId(int index, Bytes out) {
        out.raw(prefix).padded(index + 1L, 9);
    }

    /**
     * The index of a record id, whether that record exists or not.
     *
     * @return the index from 0, or -1 if it is no id of this stream
     */
    public int indexOf(String id) {
        String start = new String(prefix, java.nio.charset.StandardCharsets.US_ASCII);
        boolean wellFormed = id.length() == 13 && id.startsWith(start);
        for (int at = start.length(); wellFormed && at < id.length(); at++) {
            wellFormed = id.charAt(at) >= '0' && id.charAt(at) <= '9';
        }
        return wellFormed ? Integer.parseInt(id.substring(start.length())) - 1 : -1;
    }

    /** Writes one record as one line without its end: the record itself, or its tombstone when it is gone. */
    public void write(Facts facts, Bytes out) {
        writeId(facts.index, out.raw(ID));
        out.raw(VERSION).number(facts.version);
        if (facts.deleted) {
            out.raw(TOMB_UPDATED).instant(facts.updated).raw(DELETED);
            return;
        }
        out.raw(CREATED)
                .instant(facts.created)
                .raw(UPDATED)
                .instant(facts.updated)
                .ascii('"');
        shape.write(facts, out);
        out.ascii('}');
    }
}

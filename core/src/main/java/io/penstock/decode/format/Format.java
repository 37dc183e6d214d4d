package io.penstock.decode.format;

import io.penstock.decode.DecodeLimits;
import io.penstock.decode.Decoder;
import io.penstock.decode.Decoders;
import io.penstock.decode.Decoders.TextRepair;
import io.penstock.error.BadAnswer.UnexpectedContent;
import io.penstock.record.Pointer;
import java.util.Set;

/**
 * How a body is written: JSON, line-delimited JSON, CSV or XML, plain or in a zip archive.
 *
 * <p>Immutable, safe for concurrent use. Start from one of the notations and add to it, such as
 * {@code Format.csv().zipped(".csv")}. A body that the server declares as
 * gzip is inflated without being told.
 */
public final class Format {

    /** How much one call of a decoder gives before it waits for demand, in bytes, when a piece unpacks to more. */
    static final int STEP = 1 << 20;

    private final Notation notation;
    private final TextRepair repair;
    private final DecodeLimits limits;
    private final Archive archive;

    private enum Kind {
        JSON,
        NDJSON,
        CSV,
        XML
    }

    private record Notation(Kind kind, CsvLayout csv, Set<String> lists, boolean unframed) {
        static Notation of(Kind kind) {
            return new Notation(kind, CsvLayout.DEFAULT, Set.of(), false);
        }
    }

    private record Archive(boolean zip, boolean gzip, String suffix, ArchiveLimits limits) {
        static final Archive NONE = new Archive(false, false, "", ArchiveLimits.DEFAULT);
    }

    private Format(Notation notation, TextRepair repair, DecodeLimits limits, Archive archive) {
        this.notation = notation;
        this.repair = repair;
        this.limits = limits;
        this.archive = archive;
    }

    private static Format of(Notation notation) {
        return new Format(notation, TextRepair.REPLACE, DecodeLimits.DEFAULT, Archive.NONE);
    }

    /** One JSON document (RFC 8259); {@link Decoders#json} says what is a record. */
    public static Format json() {
        return of(Notation.of(Kind.JSON));
    }

    /** A JSON record a line. */
    public static Format ndjson() {
        return of(Notation.of(Kind.NDJSON));
    }

    /** A record a row (RFC 4180), as {@link CsvLayout#DEFAULT} says. */
    public static Format csv() {
        return csv(CsvLayout.DEFAULT);
    }

    /** A record a row (RFC 4180). */
    public static Format csv(CsvLayout layout) {
        return of(new Notation(Kind.CSV, layout, Set.of(), false));
    }

    /** As {@link #xml(Set)}, without lists. */
    public static Format xml() {
        return xml(Set.of());
    }

    /**
     * An XML document (XML 1.0) in UTF-8, without DOCTYPE.
     *
     * <p>The pointer to the records names elements from the root on, such as {@code /rss/channel/item}; {@code *} stands for any
     * name. A record is an object: a child with text alone is a text, one with attributes or children an object, whose
     * attributes are named {@code @name} and whose own text is {@code #text}. Children of one name are a list as soon as there are
     * two. Names stand as they are written, with their prefix; {@code xsi:nil} is null.
     *
     * @param lists names of children that are a list even when there is one
     */
    public static Format xml(Set<String> lists) {
        return of(new Notation(Kind.XML, CsvLayout.DEFAULT, Set.copyOf(lists), false));
    }

    /** With another treatment of half surrogate pairs; only JSON can have them. */
    public Format repairing(TextRepair other) {
        return new Format(notation, other, limits, archive);
    }

    /** With other limits for each document. */
    public Format within(DecodeLimits other) {
        return new Format(notation, repair, other, archive);
    }

    /** With other limits for archives, if it is in one. */
    public Format within(ArchiveLimits other) {
        return new Format(notation, repair, limits, new Archive(archive.zip, archive.gzip, archive.suffix, other));
    }

    /** With the limits of {@code model} where it has none of its own. */
    public Format orWithin(Format model) {
        Format documents = limits.equals(DecodeLimits.DEFAULT) ? within(model.limits) : this;
        return archive.limits.equals(ArchiveLimits.DEFAULT) ? documents.within(model.archive.limits) : documents;
    }

    /** As {@link #zipped(String, ArchiveLimits)}, within {@link ArchiveLimits#DEFAULT}. */
    public Format zipped(String suffix) {
        return zipped(suffix, ArchiveLimits.DEFAULT);
    }

    /**
     * A zip archive of such documents, read one after another as they stand in it. Folders, hidden files and resource forks are
     * passed over.
     *
     * @param suffix what the name of an entry must end in to be read, such as {@code .csv}; empty for every file
     */
    public Format zipped(String suffix, ArchiveLimits within) {
        return new Format(notation, repair, limits, new Archive(true, archive.gzip, suffix, within));
    }

    /**
     * A gzip file, which the transport is told to inflate; needed only where the server does not say so by Content-Encoding or
     * {@code application/gzip}.
     */
    public Format gzipped() {
        Archive packed = new Archive(archive.zip, true, archive.suffix, archive.limits);
        return new Format(notation, repair, limits, packed);
    }

    /**
     * Trusted to be whole when the connection ends, where the server tells no length and nothing in lines or rows shows their end: one
     * that breaks off cleanly goes unnoticed.
     */
    public Format allowUnframed() {
        return new Format(new Notation(notation.kind, notation.csv, notation.lists, true), repair, limits, archive);
    }

    /** Whether {@link #gzipped} was said. */
    public boolean isGzipped() {
        return archive.gzip;
    }

    /** What to ask for by the {@code Accept} header (RFC 9110, section 12.5.1). */
    public String mediaTypes() {
        if (archive.zip) {
            return "application/zip, */*;q=0.5";
        }
        return switch (notation.kind) {
            case JSON -> "application/json";
            case NDJSON -> "application/x-ndjson, application/json;q=0.9, */*;q=0.5";
            case CSV -> "text/csv, */*;q=0.5";
            case XML -> "application/xml, text/xml;q=0.9, */*;q=0.5";
        };
    }

    /**
     * Whether a document shows by itself that it is whole, so that it can be trusted where HTTP does not tell where the body
     * ends. Rows and lines do not, unless {@link #allowUnframed} was said.
     */
    public boolean closesItself() {
        return notation.unframed || archive.zip || notation.kind == Kind.JSON || notation.kind == Kind.XML;
    }

    /**
     * A decoder for one document.
     *
     * @param records where the records are; the root for lines and rows
     * @param captures single values to keep
     * @throws IllegalArgumentException if the pointers do not fit the format
     */
    public Decoder decoder(Pointer records, Set<Pointer> captures) {
        return archive.zip
                ? new ZipDecoder(() -> document(records, captures), archive.suffix, archive.limits)
                : document(records, captures);
    }

    private Decoder document(Pointer records, Set<Pointer> captures) {
        if (records.depth() > 0 && (notation.kind == Kind.CSV || notation.kind == Kind.NDJSON)) {
            throw new IllegalArgumentException(
                    "lines and rows are the records: there is nothing at '" + records + "' in them");
        }
        return switch (notation.kind) {
            case JSON -> Decoders.json(records, captures, limits, repair);
            case NDJSON -> Decoders.ndjson(limits, repair);
            case CSV -> new CsvDecoder(notation.csv, limits);
            case XML -> new XmlDecoder(records, captures, notation.lists, limits);
        };
    }

    /** There is no document. */
    static UnexpectedContent nothing(String due) {
        return new UnexpectedContent("the API answered with an empty body where " + due
                + " was due: check the address, or ask the API's owner");
    }

    @Override
    public String toString() {
        return notation.kind + (archive.zip ? " in a zip archive" : "");
    }
}

package io.penstock.decode.format;

import com.fasterxml.aalto.AsyncByteArrayFeeder;
import com.fasterxml.aalto.AsyncXMLInputFactory;
import com.fasterxml.aalto.AsyncXMLStreamReader;
import com.fasterxml.aalto.UncheckedStreamException;
import com.fasterxml.aalto.stax.InputFactoryImpl;
import io.penstock.decode.DecodeLimits;
import io.penstock.decode.Decoder;
import io.penstock.decode.Decoders;
import io.penstock.error.BadAnswer.LimitExceeded;
import io.penstock.error.BadAnswer.MalformedPayload;
import io.penstock.error.BadAnswer.UnexpectedContent;
import io.penstock.record.Pointer;
import io.penstock.record.RecordBytes;
import io.penstock.record.Values;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** Reads elements as they come, by a parser that never waits for input, and writes each record as a line of JSON. */
final class XmlDecoder implements Decoder {

    private static final byte[] NOTHING = new byte[0];
    private static final int MOST_NAMES = 100_000; // the parser remembers each one
    private static final AsyncXMLInputFactory PARSERS = parsers();

    private final DecodeLimits limits;
    private final Set<String> lists;
    private final AsyncXMLStreamReader<AsyncByteArrayFeeder> parser;
    private final XmlInput input;
    private final XmlPath path;
    private final JsonText out;
    private final Decoder lines;
    private final Utf8Check utf8 = new Utf8Check();
    private final Deque<XmlElement> record = new ArrayDeque<>();
    private final Set<String> names = new HashSet<>();
    /** What was shown to the parser when it last told of something. */
    private long since;

    /** Characters of the open record, which has no fewer bytes; the parser's own offsets are wrong behind a CDATA section in pieces. */
    private long size;

    private boolean begun;
    private boolean more;
    private boolean documentEnded;

    XmlDecoder(Pointer records, Set<Pointer> captures, Set<String> lists, DecodeLimits limits) {
        this.limits = limits;
        this.lists = lists;
        this.parser = PARSERS.createAsyncForByteArray();
        this.input = new XmlInput(parser.getInputFeeder());
        this.path = new XmlPath(records, captures);
        this.out = new JsonText(limits.recordBytes());
        this.lines = Decoders.ndjson(limits);
    }

    private static AsyncXMLInputFactory parsers() {
        AsyncXMLInputFactory factory = new InputFactoryImpl();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        return factory;
    }

    @Override
    public RecordBytes decode(byte[] bytes, boolean last) {
        try {
            if (!more) {
                feed(bytes, last);
            }
            more = read();
        } catch (XMLStreamException | UncheckedStreamException wrong) {
            throw new MalformedPayload(
                    "the body is not valid XML" + place()
                            + "; the API sent it so: ask for the page by hand and report it to the API's owner",
                    wrong);
        }
        boolean over = last && !more;
        if (over) {
            finish();
        }
        return lines.decode(out.size() == 0 ? NOTHING : out.take(), over);
    }

    private void feed(byte[] bytes, boolean last) {
        utf8.check(bytes, last);
        begun |= bytes.length > 0;
        if (last && !begun) {
            throw Format.nothing("an XML document");
        }
        input.take(bytes, last);
    }

    /** Reads on; false if there is nothing left to read. */
    private boolean read() throws XMLStreamException {
        while (!documentEnded && out.size() < Format.STEP) {
            int event = next();
            if (event == AsyncXMLStreamReader.EVENT_INCOMPLETE) {
                require(input.shown() - since); // of one token, which does not end
                if (!input.feed()) {
                    return false;
                }
                continue;
            }
            handle(event);
        }
        return !documentEnded;
    }

    /** Some of what is not well-formed, such as an element named {@code xmlns:a}, makes the parser throw what it must not. */
    private int next() throws XMLStreamException {
        try {
            return parser.next();
        } catch (RuntimeException gaveUp) {
            throw new XMLStreamException("the parser gave up", gaveUp);
        }
    }

    private void handle(int event) throws XMLStreamException {
        switch (event) {
            case XMLStreamConstants.START_ELEMENT -> started();
            case XMLStreamConstants.END_ELEMENT -> ended();
            case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text(parser.getText());
            case XMLStreamConstants.DTD -> throw refused(parser.getPrefixedName());
            case XMLStreamConstants.ENTITY_REFERENCE ->
                throw new MalformedPayload("the XML body uses an entity that XML does not define" + place());
            case XMLStreamConstants.END_DOCUMENT -> documentEnded = true;
            case XMLStreamConstants.COMMENT -> require(parser.getTextLength());
            case XMLStreamConstants.PROCESSING_INSTRUCTION ->
                require(parser.getPIData().length());
            default -> {} // declaration, white space between elements
        }
        since = input.shown();
        size = record.isEmpty() ? 0 : size;
        require(size);
    }

    private RuntimeException refused(String doctype) {
        return doctype.equalsIgnoreCase("html")
                ? new UnexpectedContent(
                        "the API answered HTML where XML was due: is this a login page, an error page of a"
                                + " proxy, or the address of the website?")
                : new MalformedPayload("the XML body has a DOCTYPE" + place()
                        + ", which can name entities and files and is refused: ask for a document without one");
    }

    private void require(long length) {
        if (length > limits.recordBytes()) {
            throw new LimitExceeded("a record has more than " + limits.recordBytes() + " bytes" + place()
                    + "; raise limits.record_bytes if the API really sends such data");
        }
    }

    private void started() throws XMLStreamException {
        require(parser.getLocationInfo().getEndingByteOffset() - position());
        String name = named(parser.getPrefix(), parser.getLocalName());
        if (record.size() + path.depth() >= limits.depth()) {
            throw new LimitExceeded("the document is nested deeper than " + limits.depth() + place());
        }
        if (!record.isEmpty() || path.opened(name)) {
            record.push(element(name));
        } else if (path.captures()) {
            for (int i = 0; i < parser.getAttributeCount(); i++) {
                path.attribute(attribute(i), parser.getAttributeValue(i));
            }
        }
    }

    private XmlElement element(String name) {
        String nil = parser.getAttributeValue(XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI, "nil");
        size += name.length();
        XmlElement element = new XmlElement(name, nil != null && (nil.equals("true") || nil.equals("1")));
        for (int i = 0; i < parser.getAttributeCount(); i++) {
            if (!XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI.equals(parser.getAttributeNamespace(i))) {
                String value = parser.getAttributeValue(i);
                size += value.length();
                element.attribute(attribute(i), judged(value));
            }
        }
        return element;
    }

    private String attribute(int i) {
        return named(parser.getAttributePrefix(i), parser.getAttributeLocalName(i));
    }

    /** The name as it is written. */
    private String named(@Nullable String prefix, String local) {
        String name = prefix == null || prefix.isEmpty() ? local : prefix + ":" + local;
        if (names.add(name) && (names.size() > MOST_NAMES || name.length() > limits.nameBytes())) {
            throw new LimitExceeded(
                    "the document has a name that is too long, or more than " + MOST_NAMES + " names" + place());
        }
        return name;
    }

    private void text(String piece) {
        if (record.isEmpty()) {
            path.text(piece);
        } else {
            size += piece.length();
            record.element().text(judged(piece));
        }
    }

    private String judged(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                boolean pair = Character.isHighSurrogate(text.charAt(i))
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    throw new MalformedPayload("the XML body has half a surrogate pair" + place());
                }
                i++;
            }
        }
        return text;
    }

    private void ended() {
        if (record.isEmpty()) {
            path.closed();
            return;
        }
        XmlElement element = record.pop();
        if (!record.isEmpty()) {
            record.element().child(element, lists);
            if (record.element().size() > limits.fields()) {
                throw new LimitExceeded(
                        "an element has more than " + limits.fields() + " different children" + place());
            }
            return;
        }
        path.closed();
        element.write(out);
        out.endLine();
    }

    private void finish() {
        if (!documentEnded) {
            throw new MalformedPayload("the XML body ends too early" + place());
        }
        path.requireRecords();
    }

    private long position() {
        return parser.getLocationInfo().getStartingByteOffset();
    }

    private String place() {
        return " near byte " + Math.min(position(), input.shown());
    }

    @Override
    public boolean pending() {
        return more;
    }

    @Override
    public Values values() {
        return path.values();
    }
}

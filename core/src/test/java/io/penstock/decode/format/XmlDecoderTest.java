package io.penstock.decode.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.decode.DecodeLimits;
import io.penstock.decode.Decoded;
import io.penstock.decode.Decoder;
import io.penstock.record.Pointer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.SAXException;

/** Elements of XML: exact records or a typed failure. Budget: 20 s. */
class XmlDecoderTest {

    private static final int DOCUMENTS = 2_000;
    private static final String[] TEXTS = {
        "a", "ä", "日本", "😀", "&lt;", "&amp;&quot;", "&#233;", "&#x1F600;", "<![CDATA[<x>]]>", " 1 ", "\n"
    };
    private static final String[] PLAIN = {"a", "ä", "日本", "😀", "<", "&\"", "é", "😀", "<x>", " 1 ", "\n"};

    private static Decoder decoder(String records, String... captures) {
        Set<Pointer> pointers =
                Set.copyOf(java.util.Arrays.stream(captures).map(Pointer::of).toList());
        return Format.xml(Set.of("tag")).decoder(Pointer.of(records), pointers);
    }

    private static Decoded read(String document, String records, String... captures) {
        return Decoded.whole(decoder(records, captures), document.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void makesAnObjectOfEachElement() {
        Decoded read = read("""
                <?xml version="1.0" encoding="UTF-8"?>
                <!-- a feed -->
                <rss xmlns:g="urn:g" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" version="2">
                  <next>abc</next>
                  <channel>
                    <item id="1"><name>Ann &amp; Bo</name><g:price cur="EUR">1.10</g:price><x/><x>2</x></item>
                    <item><tag>one</tag><gone xsi:nil="true"/><deep><er>1</er></deep></item>
                    <item>text</item>
                    <item/>
                  </channel>
                </rss>
                """, "/rss/channel/item", "/rss/next", "/rss/@version");
        assertThat(read.failure()).isEmpty();
        assertThat(read.lines())
                .containsExactly(
                        "{\"@id\":\"1\",\"name\":\"Ann & Bo\",\"g:price\":{\"@cur\":\"EUR\",\"#text\":\"1.10\"},\"x\":[\"\",\"2\"]}",
                        "{\"tag\":[\"one\"],\"gone\":null,\"deep\":{\"er\":\"1\"}}",
                        "{\"#text\":\"text\"}",
                        "{}");
        assertThat(read.values())
                .containsEntry(Pointer.of("/rss/next"), "abc")
                .containsEntry(Pointer.of("/rss/@version"), "2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"]]>", "a]]>b", "]]]]>]", "]>", ">]]"})
    void bracketsInATextAreTakenAsTheyStandHoweverTheyAreCut(String text) {
        byte[] document = ("<r><i>" + text + "</i></r>").getBytes(StandardCharsets.UTF_8);
        for (int size = 1; size <= document.length; size++) {
            Decoded read = Decoded.cut(decoder("/r/i"), document, size);
            assertThat(read.failure()).isEmpty();
            assertThat(read.lines()).containsExactly("{\"#text\":\"" + text + "\"}");
        }
    }

    @Test
    void onlyARecordIsHeldAgainstTheLimitOfARecord() {
        String item = "<i><![CDATA[" + "x".repeat(500) + "]]></i>";
        byte[] document = ("<r>" + item.repeat(10) + "</r>").getBytes(StandardCharsets.UTF_8);
        Format small = Format.xml(Set.of()).within(new DecodeLimits(1_000, 10, 100, 1_000, 100, 100));
        Decoded read = Decoded.whole(small.decoder(Pointer.of("/r/i"), Set.of()), document);
        assertThat(read.failure()).isEmpty();
        assertThat(read.lines()).hasSize(10);
    }

    @Test
    void anEmptyListIsNoneAndNoListIsAWrongPointer() {
        assertThat(read("<r><items/></r>", "/r/items/item").failed()).isFalse();
        assertThat(read("<r><item>1</item></r>", "/*/item").lines()).containsExactly("{\"#text\":\"1\"}");
        assertThat(read("<r><a/><b/></r>", "/r/items/item").failure())
                .startsWith("UnexpectedContent")
                .contains("a, b");
        assertThat(read("<q/>", "/r").failure()).startsWith("UnexpectedContent");
        assertThat(read("", "/r").failure()).startsWith("UnexpectedContent");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE r [<!ENTITY a \"b\">]><r>&a;</r>",
                "<!DOCTYPE r SYSTEM \"http://127.0.0.1:1/x.dtd\"><r/>",
                "<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><r>&x;</r>",
                "<r>&undefined;</r>",
                "<r><a></r>",
                "<r/><r/>",
                "<r/>x",
                "<r a=\"1\" a=\"2\"/>",
                "<r>",
                "{\"r\":1}",
                "<?xml version=\"1.0\" encoding=\"UTF-16\"?><r/>",
                "<r>\u0001</r>"
            })
    void refusesDoctypesEntitiesAndWhatIsNotWellFormed(String document) {
        assertThat(read(document, "/r").failure())
                .startsWith("MalformedPayload")
                .doesNotContain("passwd");
    }

    @Test
    void refusesAWebPage() {
        assertThat(read("<!DOCTYPE html><html/>", "/r").failure()).startsWith("UnexpectedContent");
    }

    @Test
    void refusesBadUtf8() {
        for (byte[] bad :
                new byte[][] {{(byte) 0xC0, (byte) 0x80}, {(byte) 0xED, (byte) 0xA0, (byte) 0x80}, {(byte) 0xFF}}) {
            byte[] document = "<r>....</r>".getBytes(StandardCharsets.UTF_8);
            System.arraycopy(bad, 0, document, 3, bad.length);
            for (int size : new int[] {1, 4, 100}) {
                assertThat(Decoded.cut(decoder("/r"), document, size).failure()).startsWith("MalformedPayload");
            }
        }
    }

    @Test
    void appliesItsLimitsToPiecesToo() {
        DecodeLimits limits = new DecodeLimits(256, 4, 8, 32, 10, 3);
        for (String document : List.of(
                "<r><i>" + "x".repeat(300) + "</i></r>",
                "<r><i>" + "x".repeat(33) + "</i></r>",
                "<r><i a='" + "x".repeat(300) + "'/></r>",
                "<r><!--" + "x".repeat(300) + "--><i/></r>",
                "<r><i><a><b><c/></b></a></i></r>",
                "<r><i><a234567890/></i></r>",
                "<r><i><a/><b/><c/><d/></i></r>")) {
            for (int size : new int[] {1, 7, 4096}) {
                Decoder decoder = Format.xml().within(limits).decoder(Pointer.of("/r/i"), Set.of());
                assertThat(Decoded.cut(decoder, document.getBytes(StandardCharsets.UTF_8), size)
                                .failure())
                        .as(document + " in pieces of " + size)
                        .startsWith("LimitExceeded");
            }
        }
    }

    @Test
    void readsWhatWasWrittenHoweverItIsCut() {
        for (long seed = 0; seed < DOCUMENTS; seed++) {
            Random random = new Random(seed);
            List<String> expected = new ArrayList<>();
            byte[] document = document(random, expected).getBytes(StandardCharsets.UTF_8);
            Decoded whole = Decoded.whole(decoder("/r/list/i"), document.clone());
            assertThat(whole.failure()).as("seed %d", seed).isEmpty();
            assertThat(whole.lines()).as("seed %d", seed).isEqualTo(expected);
            for (int size : new int[] {1, 3, 17, 256}) {
                assertThat(Decoded.cut(decoder("/r/list/i"), document, size))
                        .as("seed %d", seed)
                        .isEqualTo(whole);
            }
        }
    }

    @Test
    void takesNoBrokenDocumentThatAParserOfWholeOnesRefuses() throws ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        DocumentBuilder judge = factory.newDocumentBuilder();
        judge.setErrorHandler(null);
        for (long seed = 0; seed < 2 * DOCUMENTS; seed++) {
            Random random = new Random(seed);
            byte[] document = document(random, new ArrayList<>()).getBytes(StandardCharsets.UTF_8);
            for (int i = 1 + random.nextInt(2); i > 0; i--) {
                document[random.nextInt(document.length)] = (byte) "<>/&;\"= a\0\u00e4!".charAt(random.nextInt(12));
            }
            Decoded ours = Decoded.whole(decoder("/r/list/i"), document.clone());
            Decoded cut = Decoded.cut(decoder("/r/list/i"), document, 1);
            assertThat(cut.lines()).as("seed %d", seed).isEqualTo(ours.lines());
            assertThat(cut.failed()).as("seed %d", seed).isEqualTo(ours.failed());
            if (!ours.failed()) {
                assertThat(wellFormed(judge, document))
                        .as("seed %d: %s", seed, new String(document, StandardCharsets.UTF_8))
                        .isTrue();
            }
        }
    }

    private static boolean wellFormed(DocumentBuilder judge, byte[] document) {
        try {
            judge.parse(new ByteArrayInputStream(document));
            return true;
        } catch (SAXException | IOException broken) {
            return false;
        }
    }

    private static String document(Random random, List<String> expected) {
        StringBuilder text = new StringBuilder("<r>\n<list>");
        for (int i = random.nextInt(5); i > 0; i--) {
            text.append("<i id=\"").append(i).append("\">");
            StringBuilder line = new StringBuilder("{\"@id\":\"" + i + "\"");
            for (int f = 0; f < random.nextInt(4); f++) {
                int value = random.nextInt(TEXTS.length);
                text.append("<f")
                        .append(f)
                        .append('>')
                        .append(TEXTS[value])
                        .append("z</f")
                        .append(f)
                        .append('>');
                line.append(",\"f").append(f).append("\":");
                JsonText json = new JsonText(1 << 10);
                json.text(PLAIN[value] + "z");
                line.append(new String(json.take(), StandardCharsets.UTF_8));
            }
            text.append(random.nextBoolean() ? "\n<!-- x --></i>" : "</i>");
            expected.add(line.append('}').toString());
        }
        return text.append("</list></r>")
                .append(random.nextBoolean() ? "\n" : "")
                .toString();
    }
}

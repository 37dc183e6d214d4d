package io.penstock.testkit.model.record;

import java.util.Arrays;

/** What records are made of; every entry is the inside of a JSON string, escapes included. Do not change the arrays. */
final class Words {

    static final byte[][] FIRST = all(
            "Ada", "Zoë", "Jürgen", "Aiko", "Søren", "María", "Chloé", "Łukasz", "Ngozi", "Ivan", "Priya", "Olu",
            "Björk", "Mehmet", "Emily", "Noah");
    static final byte[][] LAST = all(
            "Lovelace",
            "Müller",
            "O'Neill",
            "Tanaka",
            "Kjær",
            "García",
            "Dupont",
            "Nowak",
            "Okafor",
            "Петров",
            "Sharma",
            "Adeyemi",
            "Guðmundsdóttir",
            "Yılmaz",
            "Smith",
            "Lee");
    static final byte[][] CITY = all(
            "København",
            "Zürich",
            "São Paulo",
            "東京",
            "Kraków",
            "London",
            "Montréal",
            "Lagos",
            "Bengaluru",
            "Reykjavík",
            "Berlin",
            "Austin");
    static final byte[][] STREET =
            all("Harbour Street", "Mill Lane", "Rue de l'Écluse", "Weir Road", "Bahnhofstraße", "Canal Walk");
    static final byte[][] COUNTRY = all("DK", "CH", "BR", "JP", "PL", "GB", "CA", "NG", "IN", "IS", "DE", "US");
    static final byte[][] CURRENCY = all("EUR", "USD", "GBP", "CHF");
    static final byte[][] TAG = all("new", "vip", "b2b", "newsletter", "fragile", "gift", "eco", "bulk");
    static final byte[][] NOTE = all(
            "Said \\\"call me back\\\" after 5 pm.\\nPrefers e-mail.",
            "Deliver to the back door; ring twice.",
            "C:\\\\scans\\\\2025\\\\form.pdf is on file",
            "Naïve café crème — déjà vu, señor? ✓",
            "First line\\nSecond line\\tindented",
            "Wants 10 % off on the next order \\u0026 free delivery",
            "お届けは午後にお願いします",
            "Nothing special.");
    static final byte[][] SENTENCE = all(
            "The sluice opens as far as the river and the wheel allow. ",
            "Every gate was inspected and two seals were replaced. ",
            "Flow stayed below the agreed limit for the whole month. ",
            "The auditor asked for the \\\"raw\\\" figures once more. ",
            "Pressure, depth and temperature are logged every minute. ",
            "Überlauf und Rechen wurden im März gereinigt. ",
            "A second turbine would pay for itself within six years. ",
            "No water was lost 💧 and none was counted twice. ");

    private Words() {}

    static byte[][] all(String... words) {
        return Arrays.stream(words).map(Bytes::utf8).toArray(byte[][]::new);
    }
}

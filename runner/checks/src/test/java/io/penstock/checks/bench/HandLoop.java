package io.penstock.checks.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;

/** The loop a Java developer would write by hand: JDK client, one page after the other, a tree, a write a record. */
final class HandLoop {

    private HandLoop() {}

    static void read(String base, int pages, int wait, Path out) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        ObjectMapper mapper = new ObjectMapper();
        try (BufferedWriter writer = Files.newBufferedWriter(out)) {
            String cursor = "0";
            while (cursor != null) {
                URI url = URI.create(base + "/pages?cursor=" + cursor + "&of=" + pages + "&wait=" + wait);
                String body = client.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString())
                        .body();
                JsonNode page = mapper.readTree(body);
                for (JsonNode record : page.get("items")) {
                    writer.write(mapper.writeValueAsString(record));
                    writer.newLine();
                }
                cursor = page.get("next").textValue();
            }
        }
    }
}

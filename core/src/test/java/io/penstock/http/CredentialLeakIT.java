package io.penstock.http;

import static io.penstock.http.OutboundRig.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.client.ApiCall;
import io.penstock.client.ApiClient;
import io.penstock.error.AccessDenied.BlockedDestination;
import io.penstock.http.outbound.Cidr;
import io.penstock.http.outbound.Outbound;
import io.penstock.message.Origin;
import io.penstock.message.PathText;
import io.penstock.page.Paging;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Every place a credential is kept, times every way by which a URL of a peer comes in: nothing leaves its origin, on the way there
 * or back, and data in a path or a query stays there (X1, X2, X3).
 *
 * <p>Time budget: 30 s.
 */
class CredentialLeakIT {

    private final OutboundRig rig = new OutboundRig();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void noCredentialAndNoBodyLeavesItsOrigin() {
        String files = "http://files.test:" + rig.victim.port();
        Outbound outbound = Outbound.builder()
                .allowHttp(Origin.of(URI.create(files)))
                .allowPrivate(Cidr.of("127.0.0.0/8"))
                .build();
        int reached = 0;
        for (OutboundRig.Kept kept : OutboundRig.Kept.values()) {
            for (OutboundRig.Way way : OutboundRig.Way.values()) {
                for (int status : OutboundRig.statuses(way)) {
                    for (String echo : List.of("", "?api_key=" + OutboundRig.SECRET + "&page=2")) {
                        reached += leakCell(outbound, files, new Leak(kept, way, status, echo)) ? 1 : 0;
                    }
                }
            }
        }
        assertThat(rig.wrong).isEmpty();
        assertThat(rig.cells).as("cells").isGreaterThanOrEqualTo(110);
        assertThat(reached)
                .as("cells whose foreign origin was asked, or nothing would be shown")
                .isGreaterThan(90);
        System.out.println(
                "leak matrix: " + rig.cells + " cells, " + reached + " foreign origins asked, nothing leaked");
    }

    private record Leak(OutboundRig.Kept kept, OutboundRig.Way way, int status, String echo) {}

    private boolean leakCell(Outbound outbound, String files, Leak cell) {
        boolean echoes = !cell.echo().isEmpty();
        if (echoes && cell.kept() != OutboundRig.Kept.QUERY) {
            return false; // a server that writes a header's secret into its own link has leaked it by itself
        }
        rig.cells++;
        rig.victim.forget();
        rig.home.forget();
        String url = files + "/x" + cell.echo();
        Throwable failure = rig.follow(rig.client(outbound, cell.kept()), cell.way(), cell.status(), url, cell.kept());
        String said = String.join("\n", rig.victim.heard());
        rig.require(!leaks(said), cell.toString(), "the foreign origin heard " + said);
        boolean blocked = cell.kept() == OutboundRig.Kept.BODY
                && cell.way() != OutboundRig.Way.SLICE_LINK
                && !List.of(301, 302, 303).contains(cell.status());
        rig.require(blocked == OutboundRig.refused(failure), cell.toString(), "ended as " + failure);
        rig.require(
                blocked == rig.victim.heard().isEmpty(),
                cell.toString(),
                "asked " + rig.victim.heard().size() + " times");
        boolean told = cell.way() == OutboundRig.Way.SLICE_LINK || leaks(String.join("\n", rig.home.heard()));
        rig.require(told, cell.toString(), "home was not told the secret, so the cell shows nothing");
        return !rig.victim.heard().isEmpty();
    }

    private static boolean leaks(String said) {
        String basic =
                Base64.getEncoder().encodeToString(("user:" + OutboundRig.SECRET).getBytes(StandardCharsets.UTF_8));
        return said.contains("eyJ") // how every JWT begins
                || said.contains(OutboundRig.SECRET)
                || said.contains(OutboundRig.BODY)
                || said.contains(basic);
    }

    @Test
    void aHopThatLeadsBackHomeBringsNoCredentialAlong() {
        String files = "http://files.test:" + rig.victim.port();
        Outbound outbound = Outbound.builder()
                .allowHttp(Origin.of(URI.create(files)))
                .allowPrivate(Cidr.of("127.0.0.0/8"))
                .build();
        String back = "http://api.test:" + rig.home.port() + "/back";
        for (OutboundRig.Kept kept : OutboundRig.Kept.values()) {
            for (OutboundRig.Way way : OutboundRig.Way.values()) {
                for (int status : OutboundRig.REDIRECTS) {
                    rig.cells++;
                    rig.home.forget();
                    ApiClient api = rig.client(outbound, kept);
                    String url = files + "/away";
                    backHome(api, way, status, url, back, kept);
                    for (String said : rig.home.heard()) {
                        rig.require(!said.contains(" /back") || !leaks(said), way + " " + status + " " + kept, said);
                    }
                    boolean came = rig.home.heard().stream().anyMatch(said -> said.contains(" /back"));
                    rig.require(
                            came || kept == OutboundRig.Kept.BODY,
                            way + " " + status + " " + kept,
                            "did not come back");
                }
            }
        }
        assertThat(rig.wrong).isEmpty();
        System.out.println("way back: " + rig.cells + " cells, nothing leaked");
    }

    private void backHome(
            ApiClient api, OutboundRig.Way way, int status, String url, String back, OutboundRig.Kept kept) {
        ApiCall start = kept == OutboundRig.Kept.BODY
                ? api.post("/start")
                        .body("text/plain", OutboundRig.BODY.getBytes(StandardCharsets.UTF_8))
                        .idempotent()
                : api.get("/start");
        rig.script = Map.of(
                "/start",
                way == OutboundRig.Way.BODY_NEXT
                        ? OutboundRig.page(url)
                        : way == OutboundRig.Way.LINK_HEADER
                                ? Answers.ok(
                                        Answers.utf8("{\"items\":[]}"),
                                        "Link: <" + url + ">; rel=next",
                                        "Connection: close")
                                : OutboundRig.redirect(
                                        status, way == OutboundRig.Way.REDIRECT_SECOND ? "/second" : url),
                "/second",
                OutboundRig.redirect(status, url),
                "/away",
                OutboundRig.redirect(status, back));
        try {
            switch (way) {
                case LINK_HEADER ->
                    start.pages(Paging.link()).batches("/items").take(2).then().block(LIMIT);
                case BODY_NEXT -> OutboundRig.walk(start, Paging.nextUrl("/next"));
                case SLICE_LINK -> api.get(url).exchange().block(LIMIT);
                default -> start.exchange().block(LIMIT);
            }
        } catch (BlockedDestination body) {
            assertThat(kept).isEqualTo(OutboundRig.Kept.BODY);
        }
    }

    /** What data may hold that is put into a path or a query. */
    private static final List<String> VALUES = List.of(
            "..",
            ".",
            "%2e%2e",
            "%2E.",
            "../../admin",
            "..\\admin",
            "@127.0.0.1/x",
            "//127.0.0.1/x",
            "http://127.0.0.1/x",
            "https:127.0.0.1",
            ":80/x",
            "?a=b",
            "#x",
            "a&secret=1",
            "a;b=c",
            "x y",
            "x\r\nHost: evil.test",
            "x\nX-Injected: 1",
            "x\u0000y",
            "x\u010d\u010aX-Injected: 1",
            "\uff0f\uff0e\uff0e",
            "\u2025/x",
            "%0d%0aX-Injected:%201",
            " HTTP/1.1\r\n\r\nGET /admin");

    @Test
    void dataInAPathOrAQueryStaysThere() {
        rig.script = Map.of();
        ApiClient api = rig.client(Outbound.NONE, OutboundRig.Kept.BEARER);
        for (String value : VALUES) {
            for (boolean inPath : new boolean[] {true, false}) {
                rig.cells++;
                rig.home.forget();
                rig.victim.forget();
                String cell = (inPath ? "path " : "query ") + value;
                try {
                    ApiCall call = inPath
                            ? api.get("/items/" + PathText.segment(value) + "/end")
                            : api.get("/items").query("q", value).query("end", "1");
                    call.exchange().block(LIMIT);
                    String line = rig.home.heard().get(0).split("\r\n", 2)[0];
                    String shape =
                            inPath ? "GET /items/[^/?# ]+/end HTTP/1.1" : "GET /items\\?q=[^&?# ]*&end=1 HTTP/1.1";
                    rig.require(line.matches(shape), cell, line);
                    rig.require(!rig.home.heard().get(0).contains("\nX-Injected:"), cell, "a header was injected");
                } catch (IllegalArgumentException refused) {
                    rig.require(inPath && value.matches("\\.\\.?"), cell, "refused: " + refused.getMessage());
                }
                rig.require(rig.victim.accepted() == 0, cell, "somebody else was reached");
            }
            rawPath(api, value);
        }
        assertThat(rig.wrong).isEmpty();
        System.out.println("data in paths: " + rig.cells + " cells, all stayed at home");
    }

    /** Data that a careless connector puts behind a slash as it is: it may fail, but it never leaves rig.home. */
    private void rawPath(ApiClient api, String value) {
        rig.cells++;
        rig.home.forget();
        try {
            api.get("/" + value).exchange().block(LIMIT);
            rig.require(rig.home.heard().size() == 1, "raw " + value, "asked " + rig.home.heard());
            rig.require(!rig.home.heard().get(0).contains("\nX-Injected:"), "raw " + value, "a header was injected");
        } catch (IllegalArgumentException noUrl) {
            rig.require(rig.home.heard().isEmpty(), "raw " + value, "refused after asking");
        }
        rig.require(rig.victim.accepted() == 0, "raw " + value, "somebody else was reached");
    }
}

package io.penstock.testkit.model.http;

import io.penstock.testkit.model.data.Dataset;
import io.penstock.testkit.model.data.Truth;
import io.penstock.testkit.model.endpoint.Call;
import io.penstock.testkit.model.endpoint.Pages;
import io.penstock.testkit.model.endpoint.Problem;
import io.penstock.testkit.model.endpoint.Reply;
import io.penstock.testkit.model.endpoint.Schemas;
import io.penstock.testkit.model.guard.RateGate;
import io.penstock.testkit.model.guard.Stats;
import io.penstock.testkit.model.record.ModelStream;
import java.util.LinkedHashMap;
import java.util.Map;
import reactor.core.publisher.Mono;

/** What the server says about itself. Open to all, never limited, delayed or hostile. */
final class MetaEndpoints {

    private static final String SCHEMA = "/schema/";

    private final Pages pages;
    private final Stats stats;
    private final RateGate gate;

    MetaEndpoints(Pages pages, Stats stats, RateGate gate) {
        this.pages = pages;
        this.stats = stats;
        this.gate = gate;
    }

    /** Answers one request, or says that there is nothing there. */
    Mono<Reply> answer(Call call) {
        String allowed = call.path().equals("/_reset") ? "POST" : "GET";
        Mono<Reply> reply = switch (call.path()) {
            case "/health" -> health(call);
            case "/_truth" -> truth(call);
            case "/_stats" -> Mono.fromCallable(this::counted);
            case "/_reset" -> Mono.fromCallable(this::reset);
            default -> schema(call.path());
        };
        return call.method().equals(allowed)
                ? reply
                : Mono.error(Problem.wrongMethod(call.method(), call.path(), allowed));
    }

    private static Mono<Reply> health(Call call) {
        Map<String, Object> health = new LinkedHashMap<>();
        health.put("status", "ok");
        health.put("revision", call.revision());
        return Mono.just(Reply.json(200, health));
    }

    private Reply counted() {
        return Reply.json(200, stats.snapshot(gate.highest(), gate.highestAsked()));
    }

    private Reply reset() {
        stats.reset();
        gate.reset();
        return Reply.json(200, Map.of("status", "ok"));
    }

    private static Mono<Reply> schema(String path) {
        if (!path.startsWith(SCHEMA)) {
            throw Problem.notFound(path);
        }
        try {
            ModelStream stream = ModelStream.named(path.substring(SCHEMA.length()));
            return Mono.just(Reply.json(200, Schemas.of(stream)));
        } catch (IllegalArgumentException unknown) {
            throw new Problem(404, "not_found", String.valueOf(unknown.getMessage()));
        }
    }

    private Mono<Reply> truth(Call call) {
        int revision = call.query().number("revision", call.revision(), 1, Dataset.MAX_REVISION);
        return pages.offLoop(() -> {
            Map<Integer, Object> revisions = new LinkedHashMap<>();
            for (int each = 1; each <= call.revision(); each++) {
                revisions.put(each, streams(each));
            }
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("revision", revision);
            answer.put("streams", streams(revision));
            answer.put("revisions", revisions);
            return Reply.json(200, answer);
        });
    }

    private Map<String, Truth> streams(int revision) {
        Map<String, Truth> all = new LinkedHashMap<>();
        for (ModelStream stream : ModelStream.values()) {
            all.put(stream.streamName(), pages.data().truth(stream, revision));
        }
        return all;
    }
}

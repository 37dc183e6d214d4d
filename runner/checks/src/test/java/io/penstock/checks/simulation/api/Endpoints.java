package io.penstock.checks.simulation.api;

import io.penstock.message.ApiRequest;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** What the API says if nothing goes wrong. */
final class Endpoints {

    private final Truth truth;

    Endpoints(Truth truth) {
        this.truth = truth;
    }

    /** The answer to {@code request}; 404 where there is nothing. */
    Answer answer(ApiRequest request) {
        String path = request.url().getPath().substring(1);
        String name = path.startsWith("moved/") ? path.substring("moved/".length()) : path;
        List<Row> rows = since(truth.of(name), request);
        if (request.query("page").isPresent()) {
            return numbered(rows, number(request, "page", 1), number(request, "limit", 5));
        } else if (request.query("offset").isPresent()) {
            return offset(rows, number(request, "offset", 0), number(request, "limit", 5));
        }
        return cursor(rows, request);
    }

    private static List<Row> since(List<Row> rows, ApiRequest request) {
        return request.query("since")
                .map(Instant::parse)
                .map(from ->
                        rows.stream().filter(row -> !row.at().isBefore(from)).toList())
                .orElse(rows);
    }

    private static int number(ApiRequest request, String name, int otherwise) {
        return request.query(name).map(Integer::parseInt).orElse(otherwise);
    }

    private static Answer cursor(List<Row> rows, ApiRequest request) {
        int size = number(request, "limit", 5);
        int from = request.query("cursor")
                .map(token -> Integer.parseInt(token.substring(1)))
                .orElse(0);
        int to = Math.min(rows.size(), from + size);
        String next = to < rows.size() ? "\"next\":\"t" + to + "\"," : ""; // in front, where it can be peeked at
        return new Answer("{" + next + "\"items\":" + items(rows, from, to) + "}");
    }

    private static Answer offset(List<Row> rows, int from, int size) {
        int to = Math.min(rows.size(), from + size);
        return new Answer("{\"total\":" + rows.size() + ",\"items\":" + items(rows, from, to) + "}");
    }

    private static Answer numbered(List<Row> rows, int page, int size) {
        int from = (page - 1) * size;
        int to = Math.min(rows.size(), from + size);
        return new Answer("{\"items\":" + items(rows, from, to) + ",\"has_next\":" + (to < rows.size()) + "}");
    }

    private static String items(List<Row> rows, int from, int to) {
        return from >= to
                ? "[]"
                : rows.subList(from, to).stream().map(Row::text).collect(Collectors.joining(",\n ", "[", "]"));
    }
}

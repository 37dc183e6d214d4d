package io.penstock.cli.view;

import io.penstock.error.SentRequest;
import io.penstock.observe.RequestLog;
import io.penstock.runner.inspect.LeftOut;
import io.penstock.runner.inspect.Preview;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A preview as a person reads it, or as JSON. */
public final class PreviewText {

    private PreviewText() {}

    /** The requests that fetched the records. */
    public static void before(Preview preview, Console console) {
        preview.requests().forEach(request -> console.say(line(request)));
    }

    /** What was found out and how much was shown. */
    public static void after(Preview preview, Console console) {
        if (!preview.found().isEmpty()) {
            console.say("Found in the first answer; write it into the plan to settle it:");
            Table table = new Table(List.of("setting", "because"));
            preview.found()
                    .forEach(found -> table.add(List.of(found.setting() + ": " + found.value(), found.reason())));
            table.lines().stream().skip(1).map("  "::concat).forEach(console::say);
        }
        leftOut(preview.leftOut(), console);
        int shown = preview.records().size();
        console.say(Quantities.count(shown) + (shown == 1 ? " record" : " records") + " shown of "
                + preview.stream().id() + ahead(preview.looks()) + ".");
    }

    private static void leftOut(LeftOut left, Console console) {
        if (left.isNothing()) {
            return;
        }
        List<String> parts = new ArrayList<>();
        part(left.filtered(), " filtered", parts);
        part(left.unfit(), " that do not fit", parts);
        part(left.warned(), " against the schema", parts);
        console.say("Of " + Quantities.count(left.read()) + " records read: " + String.join(", ", parts) + ".");
        left.reasons()
                .forEach(why ->
                        console.say("  " + (why.pointer().isEmpty() ? "" : why.pointer() + ": ") + why.reason()));
    }

    private static void part(long count, String words, List<String> parts) {
        if (count > 0) {
            parts.add(Quantities.count(count) + words);
        }
    }

    private static String ahead(int looks) {
        return switch (looks) {
            case 0 -> "";
            case 1 -> "; 1 request went ahead to learn its shape";
            default -> "; " + looks + " requests went ahead to learn the shapes of the plan's streams";
        };
    }

    private static String line(SentRequest request) {
        return request.method() + " " + request.address()
                + (request.query().isEmpty() ? "" : "?" + String.join("&", request.query()))
                + (request.status() == 0 ? "  no answer  " : "  " + request.status() + "  ")
                + request.headers().toMillis() + " ms";
    }

    /** All of it for programs. */
    public static Map<String, Object> map(Preview preview) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("stream", preview.stream().id().toString());
        map.put("found", preview.found().stream().map(PreviewText::map).toList());
        map.put("requests", preview.requests().stream().map(SentRequest::toMap).toList());
        map.put("requests_ahead", preview.looks());
        map.put("left_out", map(preview.leftOut()));
        map.put("records", preview.records().stream().map(FailureText::parsed).toList());
        return map;
    }

    private static Map<String, Object> map(RequestLog.Finding found) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("setting", found.setting());
        map.put("value", found.value());
        map.put("reason", found.reason());
        return map;
    }

    private static Map<String, Object> map(LeftOut left) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("read", left.read());
        map.put("filtered", left.filtered());
        map.put("unfit", left.unfit());
        map.put("warned", left.warned());
        map.put("reasons", left.reasons().stream().map(PreviewText::map).toList());
        return map;
    }

    private static Map<String, Object> map(LeftOut.Reason why) {
        return Map.of("code", why.code(), "pointer", why.pointer(), "reason", why.reason());
    }
}

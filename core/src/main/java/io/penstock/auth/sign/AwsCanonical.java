package io.penstock.auth.sign;

import io.penstock.message.ApiRequest;
import io.penstock.message.PathText;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The canonical form of a request, as both sides of AWS Signature Version 4 build it.
 *
 * @param request as it will be sent
 * @param asItIs whether the path stays as it is, as with S3
 */
record AwsCanonical(ApiRequest request, boolean asItIs) {

    /** What others than us write, or change on the way. */
    private static final Set<String> UNSIGNED = Set.of(
            "authorization",
            "user-agent",
            "accept",
            "accept-encoding",
            "x-request-id",
            "x-amzn-trace-id",
            "content-length",
            "cookie");

    String text(String bodyHash) {
        Map<String, String> headers = headers();
        StringBuilder text = new StringBuilder();
        text.append(request.method()).append('\n');
        text.append(path()).append('\n').append(query()).append('\n');
        headers.forEach(
                (name, value) -> text.append(name).append(':').append(value).append('\n'));
        return text.append('\n')
                .append(signedHeaders())
                .append('\n')
                .append(bodyHash)
                .toString();
    }

    String signedHeaders() {
        return String.join(";", headers().keySet());
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new TreeMap<>();
        for (String name : request.headers().names()) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!UNSIGNED.contains(lower)) {
                headers.put(lower, single(request.headers().all(name)));
            }
        }
        headers.put("host", request.origin().authority());
        return headers;
    }

    private static String single(List<String> values) {
        return values.stream()
                .map(value -> value.strip().replaceAll(" {2,}", " "))
                .collect(Collectors.joining(","));
    }

    private String query() {
        String raw = request.url().getRawQuery();
        if (raw == null || raw.isEmpty()) {
            return "";
        }
        return Arrays.stream(raw.split("&"))
                .filter(pair -> !pair.isEmpty())
                .map(pair -> pair.split("=", 2))
                .map(pair -> new String[] {encode(pair[0]), pair.length == 2 ? encode(pair[1]) : ""})
                .sorted((one, other) -> one[0].equals(other[0])
                        ? one[1].compareTo(other[1])
                        : one[0].compareTo(other[0])) // by name first: "=" sorts after digits
                .map(pair -> pair[0] + "=" + pair[1])
                .collect(Collectors.joining("&"));
    }

    private static String encode(String raw) {
        return PathText.encode(decoded(raw));
    }

    private static String decoded(String raw) {
        try {
            return URLDecoder.decode(raw, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return raw;
        }
    }

    private String path() {
        String raw = request.url().getRawPath();
        if (raw == null || raw.isEmpty()) {
            return "/";
        }
        String path = asItIs ? decoded(raw.replace("+", "%2B")) : normal(raw);
        return Arrays.stream(path.split("/", -1)).map(PathText::encode).collect(Collectors.joining("/"));
    }

    private static String normal(String raw) {
        Deque<String> kept = new ArrayDeque<>();
        for (String segment : raw.split("/")) {
            if (segment.equals("..")) {
                kept.pollLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                kept.addLast(segment);
            }
        }
        boolean folder = raw.endsWith("/") || raw.endsWith("/.") || raw.endsWith("/..");
        return kept.isEmpty() ? "/" : "/" + String.join("/", kept) + (folder ? "/" : "");
    }
}

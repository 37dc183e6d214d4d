package io.penstock.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.penstock.error.BadAnswer.LimitExceeded;
import io.penstock.error.BadAnswer.MalformedPayload;
import io.penstock.error.BadAnswer.ProtocolError;
import io.penstock.http.HttpLimits.Limit;
import io.penstock.message.ApiRequest;
import io.penstock.message.Method;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a header section says of the body behind it (RFC 9112, section 6; RFC 9110, section 8.4).
 *
 * @param length bytes on the wire, or -1 where the header section does not tell
 * @param framed whether HTTP tells where the body ends
 * @param gzip whether it is compressed, by its coding or because it is a gzip file
 * @param latin1 whether it is ISO-8859-1 and becomes UTF-8
 * @param readable whether it can be read at all; an error answer may come in an encoding that nobody asked for
 */
record Framing(long length, boolean framed, boolean gzip, boolean latin1, boolean readable) {

    private static final Framing NO_BODY = new Framing(0, true, false, false, true);

    /** Judges a header section. */
    static Framing judge(ApiRequest request, int status, HttpHeaders headers, HttpLimits limits) {
        requireSize(request, headers, limits);
        if (request.method() == Method.HEAD || status == 204 || status == 205 || status == 304) {
            return NO_BODY;
        }
        boolean good = status >= 200 && status < 300;
        if (status == 206 && request.headers().first("Range").isEmpty()) {
            throw new ProtocolError(request + ": the server sent a part (206) though the whole was asked for");
        }
        long length = length(request, headers);
        if (length > limits.of(Limit.WIRE_BYTES)) {
            throw tooLarge(request, "a body of " + length + " bytes", Limit.WIRE_BYTES, limits);
        }
        boolean framed = length >= 0 || chunked(request, headers);
        try {
            return new Framing(length, framed, gzip(request, headers), latin1(request, headers), true);
        } catch (ProtocolError | MalformedPayload | LimitExceeded unreadable) {
            if (good) {
                throw unreadable;
            }
            return new Framing(length, framed, false, false, false); // the status says more than the body would
        }
    }

    static LimitExceeded tooLarge(ApiRequest request, String found, Limit limit, HttpLimits limits) {
        String name = limit.name().toLowerCase(Locale.ROOT);
        String advice = limit.ofBody()
                ? "ask for smaller pages, or raise limits." + name
                : "tell the API's operator that its header fields are larger than clients take";
        return new LimitExceeded(
                request + ": " + found + " is more than " + name + " = " + limits.of(limit) + " allows: " + advice);
    }

    private static void requireSize(ApiRequest request, HttpHeaders headers, HttpLimits limits) {
        if (headers.size() > limits.of(Limit.HEADERS)) {
            throw tooLarge(request, headers.size() + " header fields", Limit.HEADERS, limits);
        }
        long longest = limits.of(Limit.HEADER_LINE);
        for (Map.Entry<String, String> field : headers) {
            int length = field.getKey().length() + field.getValue().length() + 2;
            if (length > longest) {
                throw tooLarge(request, "a header field of " + length + " bytes", Limit.HEADER_LINE, limits);
            }
        }
    }

    private static long length(ApiRequest request, HttpHeaders headers) {
        String text = headers.get(HttpHeaderNames.CONTENT_LENGTH);
        if (text == null) {
            return -1;
        }
        if (text.isEmpty() || text.length() > 18 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new ProtocolError(request + ": Content-Length must be one number, but is not");
        }
        return Long.parseLong(text);
    }

    private static boolean chunked(ApiRequest request, HttpHeaders headers) {
        List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (codings.isEmpty()) {
            return false;
        }
        if (codings.size() > 1 || !codings.get(0).trim().equalsIgnoreCase("chunked")) {
            throw new ProtocolError(request + ": expected Transfer-Encoding chunked, found " + shown(codings));
        }
        return true;
    }

    private static boolean gzip(ApiRequest request, HttpHeaders headers) {
        List<String> layers = headers.getAll(HttpHeaderNames.CONTENT_ENCODING).stream()
                .flatMap(value -> Stream.of(value.split(",", -1)))
                .map(layer -> layer.trim().toLowerCase(Locale.ROOT))
                .filter(layer -> !layer.isEmpty() && !layer.equals("identity"))
                .toList();
        if (!layers.stream().allMatch(layer -> layer.equals("gzip") || layer.equals("x-gzip"))) {
            throw new ProtocolError(
                    request + ": asked for gzip or plain bytes, found Content-Encoding " + shown(layers));
        }
        if (layers.size() > 1) {
            throw new LimitExceeded(
                    request + ": the body is compressed " + layers.size() + " times over, once is allowed");
        }
        return !layers.isEmpty() || packed(request, headers);
    }

    /** Whether the body is a gzip file itself. Servers name such a file now by its type, now by its coding, now by both. */
    private static boolean packed(ApiRequest request, HttpHeaders headers) {
        String type = headers.get(HttpHeaderNames.CONTENT_TYPE, "")
                .split(";", 2)[0]
                .trim()
                .toLowerCase(Locale.ROOT);
        return request.sending().packed() || type.equals("application/gzip") || type.equals("application/x-gzip");
    }

    private static boolean latin1(ApiRequest request, HttpHeaders headers) {
        String type = headers.get(HttpHeaderNames.CONTENT_TYPE);
        int at = type == null ? -1 : type.toLowerCase(Locale.ROOT).indexOf("charset=");
        if (type == null || at < 0) {
            return false;
        }
        String charset =
                type.substring(at + 8).split(";", 2)[0].replace("\"", "").trim().toLowerCase(Locale.ROOT);
        return switch (charset) {
            case "utf-8", "utf8", "us-ascii", "ascii", "" -> false;
            case "iso-8859-1", "latin1" -> true;
            default ->
                throw new MalformedPayload(request + ": the body comes in charset " + shown(List.of(charset))
                        + ", but only UTF-8, US-ASCII and ISO-8859-1 can be read: ask the server for UTF-8");
        };
    }

    private static String shown(List<String> values) {
        String text = String.join(", ", values).replaceAll("[^\\x20-\\x7E]", "?");
        return text.length() > 60 ? text.substring(0, 60) + "..." : text;
    }
}

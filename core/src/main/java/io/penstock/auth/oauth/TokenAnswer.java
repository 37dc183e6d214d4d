package io.penstock.auth.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.auth.broker.Issued;
import io.penstock.config.Secret;
import io.penstock.error.BadAnswer.ProtocolError;
import io.penstock.message.ApiRequest;
import io.penstock.message.ApiResponse;
import io.penstock.redact.Redaction;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a token endpoint answered (RFC 6749, section 5). */
sealed interface TokenAnswer {

    /**
     * Tokens.
     *
     * @param issued the tokens
     * @param scope what they are good for, if the server said so; holds only characters that may be shown
     */
    record Given(Issued issued, Optional<String> scope) implements TokenAnswer {}

    /**
     * A refusal.
     *
     * @param code the error code, or the status in words if there is none
     */
    record Refused(String code) implements TokenAnswer {}

    /** What goes into a header as it is: no space, nothing invisible. */
    Pattern VISIBLE = Pattern.compile("[\\x21-\\x7E]{1,16384}");

    Pattern CODE = Pattern.compile("[a-z][a-z0-9_.-]{1,63}");

    /** One character that is neither in a scope nor between two. */
    Pattern FOREIGN = Pattern.compile("[^\\x20\\x21\\x23-\\x5B\\x5D-\\x7E]");

    Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}(\\.[0-9]{1,9})?");
    long LONGEST_LIFE = 100L * 365 * 86_400;

    /**
     * Reads an answer.
     *
     * @param what names it in errors; no word of it is in any
     * @param assumeBearer whether a missing token type is taken for bearer
     */
    static TokenAnswer of(ApiResponse answer, String what, boolean assumeBearer) {
        if (answer.status() >= 300) {
            return new Refused(refusal(answer, what));
        }
        JsonNode body = ServerJson.object(answer.body(), what);
        Optional<String> error = ServerJson.text(body, "error");
        if (error.isPresent() && !body.has("access_token")) {
            return new Refused(word(error).orElse("error")); // some servers refuse with 200
        }
        Secret token =
                token(body, "access_token", what).orElseThrow(() -> new ProtocolError(what + " has no access_token"));
        requireBearer(body, what, assumeBearer);
        Issued issued = new Issued(token, lifetime(body.path("expires_in"), what), token(body, "refresh_token", what));
        return new Given(issued, ServerJson.text(body, "scope").map(TokenAnswer::scope));
    }

    /** This answer; but a code that repeats something of {@code sent} is not told: it may be a secret. */
    default TokenAnswer without(ApiRequest sent) {
        if (!(this instanceof Refused refused)) {
            return this;
        }
        Redaction known = Redaction.empty();
        Form.values(sent).forEach(known::learn);
        return known.hideKnown(refused.code()).equals(refused.code()) ? this : new Refused("error");
    }

    private static String refusal(ApiResponse answer, String what) {
        if (answer.status() < 400) {
            return "redirect " + answer.status();
        }
        try {
            return word(ServerJson.text(ServerJson.object(answer.body(), what), "error"))
                    .orElse("status " + answer.status());
        } catch (io.penstock.error.PenstockException unreadable) {
            return "status " + answer.status();
        }
    }

    /** As it may be shown: what no scope can have in it (RFC 6749, section 3.3) is escaped, so that it writes no lines and colours. */
    private static String scope(String told) {
        return FOREIGN.matcher(told).replaceAll(match -> Matcher.quoteReplacement(escaped(match.group())));
    }

    private static String escaped(String character) {
        return character
                .chars()
                .mapToObj(unit -> "\\u" + HexFormat.of().toHexDigits((char) unit))
                .collect(Collectors.joining());
    }

    private static Optional<String> word(Optional<String> code) {
        return code.filter(text -> CODE.matcher(text).matches());
    }

    private static Optional<Secret> token(JsonNode body, String name, String what) {
        JsonNode value = body.path(name);
        if (value.isMissingNode()
                || value.isNull()
                || (name.equals("refresh_token") && value.asText().isEmpty())) {
            return Optional.empty();
        }
        if (!value.isTextual() || !VISIBLE.matcher(value.textValue()).matches()) {
            throw new ProtocolError(what + " has a " + name + " that is no text of visible ASCII characters");
        }
        return Optional.of(Secret.named("the " + name + " of " + what, value.textValue()));
    }

    private static void requireBearer(JsonNode body, String what, boolean assumeBearer) {
        JsonNode type = body.path("token_type");
        if (type.isMissingNode() && assumeBearer) {
            return;
        }
        if (!type.isTextual() || !type.textValue().equalsIgnoreCase("bearer")) {
            throw new ProtocolError(what + (type.isMissingNode() ? " has no token_type" : " has another token_type")
                    + ": only bearer is spoken; if the server leaves it out, set assume_bearer: true");
        }
    }

    private static Optional<Duration> lifetime(JsonNode value, String what) {
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        String text = value.isNumber() || value.isTextual() ? value.asText().trim() : "";
        if (!NUMBER.matcher(text).matches() || new BigDecimal(text).longValue() <= 0) {
            throw new ProtocolError(what + " has an expires_in that is no number of seconds above 0");
        }
        return Optional.of(Duration.ofSeconds(Math.min(LONGEST_LIFE, new BigDecimal(text).longValue())));
    }
}

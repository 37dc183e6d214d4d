package io.penstock.auth.jwt;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a token says, after its signature, dates, issuer and audience have been proven.
 *
 * @param issuer who said it
 * @param expires when it ends to hold
 * @param all every claim: text, numbers, booleans, lists and mappings
 */
public record JwtClaims(String issuer, Instant expires, Map<String, Object> all) {

    private static final BigDecimal LAST_DATE = new BigDecimal("253402300799");

    /** Of whom it speaks. */
    public Optional<String> subject() {
        return text("sub");
    }

    /** A claim that is text. */
    public Optional<String> text(String name) {
        return all.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** For whom it is; at least the audience that was asked for. */
    public List<String> audience() {
        return texts("aud");
    }

    /** The rights it gives: {@code scope} (RFC 8693, section 4.2), as text or list, else {@code scp}. */
    public List<String> scopes() {
        String name = all.containsKey("scope") ? "scope" : "scp";
        return texts(name).stream()
                .flatMap(text -> Stream.of(text.trim().split(" +")))
                .filter(scope -> !scope.isEmpty())
                .toList();
    }

    /** When it was made. */
    public Optional<Instant> issued() {
        return date("iat");
    }

    /** From when on it holds. */
    public Optional<Instant> notBefore() {
        return date("nbf");
    }

    /** Tells it from every other of its issuer. */
    public Optional<String> id() {
        return text("jti");
    }

    /** A claim that is a list of texts, or one text. Empty if it is neither. */
    public List<String> texts(String name) {
        Object value = all.get(name);
        if (value instanceof String text) {
            return List.of(text);
        }
        if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
            return list.stream().map(String.class::cast).toList();
        }
        return List.of();
    }

    /** A claim that is a number. */
    public Optional<BigDecimal> number(String name) {
        return all.get(name) instanceof Number number
                ? Optional.of(new BigDecimal(number.toString()))
                : Optional.empty();
    }

    /** A claim that is true or false. */
    public Optional<Boolean> flag(String name) {
        return all.get(name) instanceof Boolean flag ? Optional.of(flag) : Optional.empty();
    }

    /** A claim that is a date, in seconds since 1970 (RFC 7519, section 2). Empty if it is none, or beyond the year 9999. */
    public Optional<Instant> date(String name) {
        return number(name)
                .filter(seconds -> seconds.abs().compareTo(LAST_DATE) <= 0)
                .map(seconds -> Instant.ofEpochSecond(
                        seconds.setScale(0, RoundingMode.FLOOR).longValueExact()));
    }

    /** Shows names only: claims may be personal. */
    @Override
    public String toString() {
        return "JwtClaims" + all.keySet();
    }
}

package io.penstock.client.exchange;

import io.penstock.message.Headers;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The scopes that a refusal says the token lacks: of its challenge (RFC 6750, section 3), else of its body. */
final class NeededScopes {

    private static final int MOST = 10;
    private static final int LONGEST_FIELD = 8 * 1024;
    private static final Pattern CHALLENGED =
            Pattern.compile("(?i)(?:^|[\\s,])scope\\s*=\\s*(?:\"([^\"]*)\"|([^\\s,\"]+))");

    /** Narrower than RFC 6749 has it: names and addresses, no text. */
    private static final Pattern SCOPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.:/*-]{0,119}");

    private NeededScopes() {}

    /** The scopes with spaces between them; empty if the refusal names none. */
    static String of(Headers headers, ErrorBody body, Echo echo) {
        List<String> challenged = told(
                headers.all("WWW-Authenticate").stream()
                        .filter(line -> line.length() <= LONGEST_FIELD)
                        .flatMap(line -> CHALLENGED.matcher(line).results())
                        .map(NeededScopes::value),
                echo);
        return String.join(" ", challenged.isEmpty() ? told(body.scopes(), echo) : challenged);
    }

    private static String value(MatchResult field) {
        return field.group(1) == null ? field.group(2) : field.group(1);
    }

    private static List<String> told(Stream<String> texts, Echo echo) {
        return texts.flatMap(text -> Stream.of(text.split("[\\s,]+")))
                .filter(scope -> SCOPE.matcher(scope).matches())
                .filter(scope -> !echo.free(scope).isEmpty())
                .distinct()
                .limit(MOST)
                .collect(Collectors.toList());
    }
}

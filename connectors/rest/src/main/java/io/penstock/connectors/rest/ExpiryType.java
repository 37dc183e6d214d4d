package io.penstock.connectors.rest;

import io.penstock.config.Config;
import io.penstock.config.Setting;
import io.penstock.config.Type;
import io.penstock.config.Types;
import io.penstock.page.TokenExpiry;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** How an API says that a page token has died, as a plan says it. */
final class ExpiryType {

    private static final Setting<List<Long>> STATUS = Setting.of(
            "status",
            "Statuses of an answer to a page token that say so.",
            Types.listOf(Types.integer(400, 499)),
            List.of(410L));
    private static final Setting<List<String>> CODE = Setting.of(
            "code",
            "Error codes in the body of a refusal that say so, such as expired_cursor.",
            Types.listOf(Types.text()),
            List.of());

    /** A mapping. */
    static final Type<TokenExpiry> TYPE = Types.object(List.of(STATUS, CODE), ExpiryType::of);

    private ExpiryType() {}

    private static TokenExpiry of(Config config) {
        Set<Integer> statuses =
                config.value(STATUS).stream().map(Long::intValue).collect(Collectors.toUnmodifiableSet());
        return new TokenExpiry(statuses, Set.copyOf(config.value(CODE)));
    }
}

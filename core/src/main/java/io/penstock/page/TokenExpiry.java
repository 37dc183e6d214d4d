package io.penstock.page;

import io.penstock.error.BadAnswer.CursorExpired;
import io.penstock.error.BadAnswer.RequestRejected;
import io.penstock.error.PenstockException;
import java.util.Set;

/**
 * How an API says that it no longer knows a page token.
 *
 * <p>Asked only where a token was sent that the API itself had made, never for first pages, page numbers or offsets.
 *
 * @param statuses statuses that always say so
 * @param codes error codes in the body of any refusal that say so
 */
public record TokenExpiry(Set<Integer> statuses, Set<String> codes) {

    /** 410 Gone. */
    public static final TokenExpiry DEFAULT = new TokenExpiry(Set.of(410), Set.of());

    /** Copies. */
    public TokenExpiry {
        statuses = Set.copyOf(statuses);
        codes = Set.copyOf(codes);
    }

    /** {@code refused} itself, or what it means where a token has died. */
    public PenstockException judge(RequestRejected refused) {
        String code = refused.details().getOrDefault("code", "");
        if (!statuses.contains(refused.status()) && !codes.contains(code)) {
            return refused;
        }
        CursorExpired expired = new CursorExpired(
                "the API no longer knows the page token (" + refused.getMessage()
                        + "): the walk has to begin again from the last record that was kept",
                refused.status());
        return expired.in(refused.place());
    }
}

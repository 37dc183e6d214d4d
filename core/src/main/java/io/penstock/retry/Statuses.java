package io.penstock.retry;

import java.util.Set;

/** Which statuses say that the same request may succeed later. */
public final class Statuses {

    /** Repeated unless a policy says otherwise. */
    static final Set<Integer> RETRYABLE = Set.of(408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 529);

    /** Never repeated as they are: something about the credential must change first. */
    static final Set<Integer> ACCESS = Set.of(401, 403, 407);

    private Statuses() {}

    /** Whether an answer of {@code status} is repeated by default: 408, 425, 429, 500, 502, 503, 504, 520 to 524, 529. */
    public static boolean retryable(int status) {
        return RETRYABLE.contains(status);
    }
}

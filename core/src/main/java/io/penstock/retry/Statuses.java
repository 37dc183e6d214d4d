package io.penstock.retry;

/** Which statuses say that the same request may succeed later. */
public final class Statuses {

    private Statuses() {}

    /** Whether an answer of {@code status} is repeated: 408, 425, 429, 500, 502, 503, 504, 520 to 524, 529. */
    public static boolean retryable(int status) {
        return switch (status) {
            case 408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 529 -> true;
            default -> false;
        };
    }
}

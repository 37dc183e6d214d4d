package io.penstock.runner.summary;

import java.util.Collection;
import java.util.List;

/**
 * The exit code of a run with several failures: that of the worst.
 *
 * <p>From worst to mildest: 70 a bug, 78 configuration, 77 rights, 73 state, 74 sink, 65 data, 76 the API's answers, 75 later. What
 * needs a hand comes before what heals by itself, so that 75 always means "run me again, nothing else is needed".
 */
public final class ExitCode {

    /** Everything went well. */
    public static final int OK = 0;
    /** A failure that is none of Penstock's kinds: a bug of ours or of a plug-in. */
    public static final int BUG = 70;

    private static final List<Integer> WORST_FIRST = List.of(BUG, 78, 77, 73, 74, 65, 76, 75);

    private ExitCode() {}

    /** The worst of {@code codes}; {@link #OK} if there is none. A code that is not listed counts as worse than all. */
    public static int worst(Collection<Integer> codes) {
        return codes.stream()
                .min((a, b) -> Integer.compare(WORST_FIRST.indexOf(a), WORST_FIRST.indexOf(b)))
                .orElse(OK);
    }
}

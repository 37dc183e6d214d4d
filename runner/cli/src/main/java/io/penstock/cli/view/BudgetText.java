package io.penstock.cli.view;

import io.penstock.rate.BudgetState;
import java.time.Clock;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How budgets stand, a line each. Immutable. */
public final class BudgetText {

    private static final DateTimeFormatter CLOCK_TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final long WORTH_TELLING_MILLIS = 1_000;

    private final Clock clock;
    private final ZoneId zone;

    /** @param zone of the times that people are shown */
    public BudgetText(Clock clock, ZoneId zone) {
        this.clock = clock;
        this.zone = zone;
    }

    /** As people on this machine read the time. */
    public static BudgetText here() {
        return new BudgetText(Clock.systemUTC(), ZoneId.systemDefault());
    }

    /** Those worth a line while a run goes on: the ones with a limit, or that a server has closed. */
    public List<String> live(List<BudgetState> budgets) {
        return budgets.stream()
                .filter(state -> !state.limits().isEmpty() || limited(state).isPresent())
                .map(this::line)
                .toList();
    }

    /** {@code https://api.example.com: 63 of 100/s used, 8 of 8 under way, 12 wait, limited until 14:05:10}. */
    public String line(BudgetState state) {
        String used = state.limits().stream()
                .map(use -> use.used() + " of " + use.limit())
                .collect(Collectors.joining(", "));
        return state.name() + ": " + (used.isEmpty() ? "" : used + " used, ") + state.inFlight() + " of "
                + (state.slots() == Integer.MAX_VALUE ? "any number" : state.slots()) + " under way"
                + (state.waiting() > 0 ? ", " + state.waiting() + " wait" : "")
                + limited(state).map(time -> ", limited until " + time).orElse("");
    }

    /** {@code https://api.example.com: 1,234 spent, 63 of 100/s used at the end}. */
    public String summary(BudgetState state) {
        String used = state.limits().stream()
                .map(use -> use.used() + " of " + use.limit() + " (" + Math.round(100 * use.share()) + " %)")
                .collect(Collectors.joining(", "));
        return state.name() + ": " + Quantities.count(state.granted()) + " spent"
                + (used.isEmpty() ? "" : ", " + used + " used at the end")
                + limited(state).map(time -> ", limited until " + time).orElse("");
    }

    /** When the next request may pass, if that is not in a moment. */
    private Optional<String> limited(BudgetState state) {
        return state.limitedFor().toMillis() < WORTH_TELLING_MILLIS
                ? Optional.empty()
                : state.limitedUntil(clock.instant())
                        .map(until -> CLOCK_TIME.format(until.atZone(zone).plusNanos(999_999_999)));
    }
}

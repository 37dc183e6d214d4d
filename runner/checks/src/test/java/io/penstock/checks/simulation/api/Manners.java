package io.penstock.checks.simulation.api;

import io.penstock.rate.RateLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a server sees of the manners of one process: how fast, how many at once, how soon after it was asked to wait. */
public final class Manners {

    private final List<RateLimit> limits;
    private final int concurrency;
    private final List<Long> arrivals = new ArrayList<>();
    private final List<String> offences = new ArrayList<>();
    private long quietUntil = Long.MIN_VALUE;
    private int open;

    /** A process that has promised this. */
    public Manners(List<RateLimit> limits, int concurrency) {
        this.limits = List.copyOf(limits);
        this.concurrency = concurrency;
    }

    void sent(String request, long now) {
        arrivals.add(now);
        open++;
        if (now < quietUntil) {
            offences.add(request + " was sent at " + now + ", though nothing was to come before " + quietUntil);
        }
        for (RateLimit limit : limits) {
            int before = arrivals.size() - 1 - limit.permits();
            if (before >= 0 && now - arrivals.get(before) < limit.window().toNanos()) {
                offences.add(request + " was sent at " + now + " and is one more than " + limit);
            }
        }
    }

    void over() {
        open--;
    }

    /** Judged when the moment is over: what is given up in the same moment counts no more. */
    void judgeOpen(long now) {
        if (open > concurrency) {
            offences.add(open + " requests were under way at " + now + ", more than " + concurrency);
        }
    }

    /** The server asks for silence from now on. */
    void asked(long now, Duration silence) {
        quietUntil = Math.max(quietUntil, now + silence.toNanos());
    }

    /** How many tries are under way. */
    public int open() {
        return open;
    }

    /** How many tries came. */
    public int tries() {
        return arrivals.size();
    }

    /** How many tries came from {@code from} on, before {@code until}. */
    public int tries(long from, long until) {
        return (int) arrivals.stream().filter(at -> at >= from && at < until).count();
    }

    /** What there is to complain of. */
    public List<String> offences() {
        return List.copyOf(offences);
    }
}

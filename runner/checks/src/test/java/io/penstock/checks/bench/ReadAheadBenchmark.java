package io.penstock.checks.bench;

import io.penstock.client.ApiClient;
import io.penstock.client.Pages;
import io.penstock.page.Paging;
import io.penstock.rate.RateLimit;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Numbered pages side by side against one after the other, behind latencies and behind a quota. */
final class ReadAheadBenchmark {

    private static final int WINDOW = 8;
    private static final int AHEAD = 201;
    private static final int SEQUENTIAL = 20;
    private static final int QUOTA = 20;

    private final String base;

    ReadAheadBenchmark(String base) {
        this.base = base;
    }

    void print() {
        read(ApiClient.at(base), 0, 500, UnaryOperator.identity()); // warm
        for (int latency : new int[] {20, 100, 500}) {
            double one = read(ApiClient.at(base), latency, SEQUENTIAL, UnaryOperator.identity());
            double ahead = read(ApiClient.at(base).concurrency(WINDOW), latency, AHEAD, pages -> pages.ahead(WINDOW));
            row("a window of " + WINDOW + " numbered pages at " + latency + " ms latency", ahead, one, WINDOW);
            double auto = read(ApiClient.at(base).concurrency(WINDOW), latency, AHEAD, Pages::aheadAsAllowed);
            row("the same, as wide as the limits let through", auto, one, WINDOW);
        }
        double one = read(ApiClient.at(base), 500, SEQUENTIAL, UnaryOperator.identity());
        double limited = read(
                ApiClient.at(base).concurrency(64).limit(RateLimit.parse(QUOTA + "/s")),
                500,
                AHEAD,
                Pages::aheadAsAllowed);
        row("as wide as " + QUOTA + " requests a second let through at 500 ms", limited, one, QUOTA / 2);
    }

    /** Seconds a page. */
    private double read(ApiClient.Builder client, int latency, int pages, UnaryOperator<Pages> how) {
        ApiClient api = client.build();
        long start = System.nanoTime();
        Long found = how.apply(api.get("/pages")
                        .query("of", "1000000")
                        .query("wait", Integer.toString(latency))
                        .pages(Paging.page("cursor", 0)))
                .batches("/items")
                .take(pages)
                .count()
                .block();
        if (found == null || found != pages) {
            throw new IllegalStateException("expected " + pages + " pages, found " + found);
        }
        return (System.nanoTime() - start) / 1e9 / pages;
    }

    private static void row(String what, double ours, double sequential, int possible) {
        System.out.printf(
                Locale.ROOT,
                "| i | %s, time a page against one after the other | %.1f ms | %.1f ms | **%.2f** | >= %.1f |%n",
                what,
                ours * 1e3,
                sequential * 1e3,
                sequential / ours,
                0.9 * possible);
    }
}

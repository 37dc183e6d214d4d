package io.penstock.linear;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Proves that what threads do to an object at once could have been done by one after the other: random scenarios of three
 * threads with three operations each are run many times, and every outcome must be one of those that some order of the same
 * operations has, each thread's own order kept.
 *
 * @param <S> the object
 */
public final class Linear<S> {

    private static final int THREADS = 3;
    private static final int EACH = 3;

    private final Supplier<S> fresh;
    private final List<Function<S, Object>> operations;

    /**
     * A check.
     *
     * @param fresh makes the object, always the same
     * @param operations what is done to it; each tells what it saw
     */
    public Linear(Supplier<S> fresh, List<Function<S, Object>> operations) {
        this.fresh = fresh;
        this.operations = operations;
    }

    /** Runs so many scenarios so many times. */
    public void check(int scenarios, int runs, long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            for (int i = 0; i < scenarios; i++) {
                int[][] scenario = new int[THREADS][EACH];
                for (int[] thread : scenario) {
                    for (int step = 0; step < EACH; step++) {
                        thread[step] = random.nextInt(operations.size());
                    }
                }
                Set<List<Object>> possible = new HashSet<>();
                orders(new int[THREADS], new ArrayList<>(), order -> possible.add(alone(scenario, order)));
                for (int run = 0; run < runs; run++) {
                    assertThat(possible).as("scenario %d of seed %d", i, seed).contains(together(scenario, threads));
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private interface Visitor {
        void order(List<Integer> threads);
    }

    private static void orders(int[] done, List<Integer> order, Visitor visitor) {
        if (order.size() == THREADS * EACH) {
            visitor.order(order);
            return;
        }
        for (int thread = 0; thread < THREADS; thread++) {
            if (done[thread] < EACH) {
                done[thread]++;
                order.add(thread);
                orders(done, order, visitor);
                order.remove(order.size() - 1);
                done[thread]--;
            }
        }
    }

    private List<Object> alone(int[][] scenario, List<Integer> order) {
        S object = fresh.get();
        Object[] seen = new Object[THREADS * EACH];
        int[] done = new int[THREADS];
        for (int thread : order) {
            int step = done[thread]++;
            seen[thread * EACH + step] = operations.get(scenario[thread][step]).apply(object);
        }
        return List.of(seen);
    }

    private List<Object> together(int[][] scenario, ExecutorService threads) throws Exception {
        S object = fresh.get();
        CyclicBarrier start = new CyclicBarrier(THREADS);
        List<Future<List<Object>>> running = new ArrayList<>();
        for (int[] thread : scenario) {
            running.add(threads.submit(() -> {
                List<Object> seen = new ArrayList<>(EACH);
                start.await(10, TimeUnit.SECONDS);
                for (int operation : thread) {
                    seen.add(operations.get(operation).apply(object));
                }
                return seen;
            }));
        }
        List<Object> seen = new ArrayList<>();
        for (Future<List<Object>> thread : running) {
            seen.addAll(thread.get(10, TimeUnit.SECONDS));
        }
        return seen;
    }
}

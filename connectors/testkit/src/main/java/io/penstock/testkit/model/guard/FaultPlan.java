package io.penstock.testkit.model.guard;

import io.penstock.testkit.model.record.Draw;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides which requests suffer a fault: about 8 of 100, always the same ones for one seed, in whatever order they come.
 *
 * <p>The same page never suffers more than {@value #MAX_IN_A_ROW} times in a row, so that a client which repeats always
 * gets through. To know that, it remembers the last {@value #REMEMBERED} pages hit. Safe for concurrent use.
 */
public final class FaultPlan {

    /** How often in a row one page may be hit. */
    public static final int MAX_IN_A_ROW = 2;

    private static final int REMEMBERED = 10_000;

    private final long seed;
    private final Map<Long, Integer> hits = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Integer> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** A plan that follows from {@code seed}. */
    public FaultPlan(long seed) {
        this.seed = seed;
    }

    /**
     * What happens to the next request for a page.
     *
     * @param page a number that stands for the page
     * @return null if nothing does
     */
    public synchronized @Nullable Fault next(long page) {
        int before = hits.getOrDefault(page, 0);
        Fault fault = before < MAX_IN_A_ROW ? pick(Draw.scale(Draw.mix(seed, page, before), 1000)) : null;
        if (fault == null) {
            hits.remove(page);
        } else {
            hits.put(page, before + 1);
        }
        return fault;
    }

    private static @Nullable Fault pick(int ofThousand) {
        int rest = ofThousand;
        for (Fault fault : Fault.values()) {
            rest -= fault.weight();
            if (rest < 0) {
                return fault;
            }
        }
        return null;
    }
}

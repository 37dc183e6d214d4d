package io.penstock.page;

import io.penstock.error.BadAnswer.LimitExceeded;
import io.penstock.error.BadAnswer.PaginationContract;
import io.penstock.error.BadAnswer.PaginationLoop;
import io.penstock.record.RecordBytes;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Stops a walk that goes in circles or never ends.
 *
 * <p>For one walk and one thread at a time. Feed it the batches of each page, then the page's end; tell it when a page is read
 * again. Tokens are remembered as 64-bit hashes, the last 100,000 of them, so two different tokens are taken for one with a
 * chance of less than one in 10<sup>9</sup> per walk of that length. Pages are compared by a hash over all their bytes.
 */
public final class LoopGuard {

    private static final int TOKENS_KEPT = 100_000;
    private static final int EMPTY_IN_A_ROW = 10;
    private static final int SAME_IN_A_ROW = 3;

    private final boolean numbered;
    private final WalkLimits limits;
    private final Set<Long> tokens = new LinkedHashSet<>();
    private final ContentHash content = new ContentHash();
    private Optional<String> current;
    private long pages;
    private int empty;
    private int same;
    private long lastContent;
    private long records;
    private long allRecords;

    private LoopGuard(boolean numbered, WalkLimits limits, Optional<String> start) {
        this.numbered = numbered;
        this.limits = limits;
        this.current = start;
        start.ifPresent(token -> tokens.add(Tokens.hash(token)));
    }

    /**
     * A guard for one walk.
     *
     * @param start the token the walk starts from, empty for its first page
     * @param limits how long the walk may become
     */
    public static LoopGuard of(Paging paging, Optional<String> start, WalkLimits limits) {
        return new LoopGuard(paging.numbered(), limits, start);
    }

    /** Takes some records of the page that is being read. */
    public void batch(RecordBytes batch) {
        records += batch.size();
        content.add(batch);
    }

    /** Forgets the batches of the page that is being read, because it is read again. */
    public void discard() {
        records = 0;
        content.clear();
    }

    /**
     * Ends the page, and says whether the walk may go on.
     *
     * @param next the token of the page after it; empty if this was the last
     * @throws PaginationLoop if the token came before, does not grow where it should, or the third page in a row has the same
     *     records
     * @throws LimitExceeded if there are too many pages, or too many empty ones in a row
     */
    public void pageEnds(Optional<String> next) {
        pages++;
        allRecords += records;
        if (next.isPresent()) {
            judgeContent();
            judgeCounts();
            judge(next.get());
        }
        current = next;
        discard();
    }

    private void judgeContent() {
        long hash = content.value();
        boolean repeated = records > 0 && same > 0 && hash == lastContent;
        same = records == 0 ? 0 : repeated ? same + 1 : 1;
        lastContent = hash;
        if (same >= SAME_IN_A_ROW) {
            throw new PaginationLoop(
                    "the last " + SAME_IN_A_ROW + " pages had the same " + records + " records, though each"
                            + " came under another token: does the API know the paging parameter? Check paging");
        }
    }

    private void judgeCounts() {
        empty = records == 0 ? empty + 1 : 0;
        if (empty > EMPTY_IN_A_ROW) {
            throw new LimitExceeded("more than " + EMPTY_IN_A_ROW
                    + " empty pages in a row, and the API still says that there is more: narrow what is asked for");
        }
        if (pages >= limits.pages()) {
            throw new LimitExceeded("the walk has more than " + limits.pages()
                    + " pages: divide it, or raise max_pages if the API really has so many");
        }
        if (allRecords >= limits.records()) {
            throw new LimitExceeded("the walk has more than " + limits.records()
                    + " records: divide it, or raise max_records if the API really has so many");
        }
    }

    private void judge(String next) {
        if (numbered) {
            requireGrowth(next);
        } else if (!tokens.add(Tokens.hash(next))) {
            throw new PaginationLoop("expected page " + pages
                    + " to lead on, found the token of a page that was read before: the API sends"
                    + " the walk in a circle, or paging names the wrong field; check paging");
        }
        if (tokens.size() > TOKENS_KEPT) {
            tokens.remove(tokens.iterator().next());
        }
    }

    private void requireGrowth(String next) {
        if (current.isPresent() && number(next) <= number(current.get())) {
            throw new PaginationLoop("page " + current.get() + " is followed by page " + next
                    + ": numbers of pages and offsets must grow; check paging");
        }
    }

    private static long number(String token) {
        try {
            return Tokens.number(token);
        } catch (IllegalArgumentException notNumber) {
            throw new PaginationContract("expected a number as the token of a page", notNumber);
        }
    }
}

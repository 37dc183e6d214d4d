package io.penstock.testkit.model.data;

import io.penstock.testkit.model.record.Dates;
import io.penstock.testkit.model.record.Draw;
import io.penstock.testkit.model.record.Facts;
import io.penstock.testkit.model.record.ModelStream;

/**
 * The arithmetic of births, changes and deletions of one stream. A pure function of its arguments.
 *
 * <p>Each revision from the second on inserts 1 % of the first revision's rows at the end, changes about 2 % of the
 * records there are and deletes about 0.5 % of them, all within 20 hours of one day of 2026 and later; the hours after
 * belong to edits, so that every change of a revision is older than any of the next.
 */
final class History {

    /** How long after a day's beginning the last generated change may happen; edits come later. */
    static final int CHANGE_HOURS = 20;

    private static final int CHANGES = CHANGE_HOURS * 3_600_000;
    private static final long FIRST_SPAN = 363 * Dates.DAY;
    private static final long FIRST_END = Dates.SECOND_YEAR - Dates.DAY + CHANGES;
    private static final int UPDATED_OF_1000 = 20;
    private static final int GONE_OF_1000 = 25;

    private final long key;
    private final boolean changing;
    private final int records;
    private final int inserts;

    History(long seed, ModelStream stream, int records) {
        this.key = Draw.mix(seed, stream.streamName().hashCode(), 0);
        this.changing = stream.changing();
        this.records = records;
        this.inserts = records == 0 ? 0 : Math.max(1, records / 100);
    }

    /** How many records were ever born up to {@code revision}: indexes run from 0 to one below. */
    int born(int revision) {
        return records + (revision - 1) * inserts;
    }

    /** Whether every record born is still there. */
    boolean complete(int revision) {
        return revision == 1 || !changing;
    }

    /** Settles everything about record {@code index} as it is at {@code revision}. */
    void settle(int index, int revision, Facts facts) {
        facts.index = index;
        facts.records = records;
        facts.bornIn = index < records ? 1 : 2 + (index - records) / inserts;
        facts.changedIn = facts.bornIn;
        facts.version = 1;
        facts.deleted = false;
        facts.fixedKey = Draw.mix(key, index, 0);
        for (int later = facts.bornIn + 1; changing && later <= revision && !facts.deleted; later++) {
            apply(later, facts);
        }
        facts.created = created(facts);
        facts.updated = facts.changedIn == facts.bornIn ? firstUpdated(facts) : changedAt(facts);
        facts.currentKey = Draw.mix(key, index, facts.changedIn);
    }

    private void apply(int revision, Facts facts) {
        int chance = Draw.scale(Draw.mix(key, facts.index, -revision), 1000);
        if (chance < GONE_OF_1000) {
            facts.version++;
            facts.changedIn = revision;
            facts.deleted = chance >= UPDATED_OF_1000;
        }
    }

    private long created(Facts facts) {
        if (facts.bornIn == 1) {
            return Dates.START + (long) ((double) facts.index / records * FIRST_SPAN);
        }
        int ordinal = (facts.index - records) % inserts;
        return day(facts.bornIn) + (long) ordinal * CHANGES / inserts;
    }

    private long firstUpdated(Facts facts) {
        return facts.bornIn > 1 || !changing
                ? facts.created
                : facts.created + Math.floorMod(Draw.mix(facts.fixedKey + 1), FIRST_END - facts.created);
    }

    private long changedAt(Facts facts) {
        return day(facts.changedIn) + Math.floorMod(Draw.mix(facts.fixedKey, facts.changedIn, 1), CHANGES);
    }

    /** The day whose first hours belong to the changes of {@code revision}. */
    static long day(int revision) {
        return Dates.SECOND_YEAR + (revision - 2) * Dates.DAY;
    }
}

package io.penstock.testkit.range;

import io.penstock.testkit.model.ModelApi;
import io.penstock.testkit.model.ModelData;
import io.penstock.testkit.model.hostile.Misbehaviour;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * A model API for each misbehaviour, and the judgement of who reads it.
 *
 * <p>Safe for concurrent use.
 */
public final class Range {

    private final long records;
    private final long seed;
    private final Truths truths;

    /**
     * A range of the same data for everybody.
     *
     * @param records rows of each stream; several pages' worth, or misbehaviours of later pages never strike
     * @param seed what the data, and which pages suffer, follows from
     */
    public Range(long records, long seed) {
        this.records = records;
        this.seed = seed;
        this.truths = new Truths(ModelData.of(seed, records));
    }

    /** Lets {@code contestant} read an API that misbehaves in one way; blocks until it has ended. */
    public Score score(Misbehaviour misbehaviour, Contestant contestant) {
        try (ModelApi api = ModelApi.builder()
                .records(records)
                .seed(seed)
                .misbehaviour(misbehaviour.name())
                .build()
                .start()) {
            Ending ending = contestant.read(URI.create(api.baseUrl()));
            return judge(misbehaviour, api.strikes(), ending);
        }
    }

    private Score judge(Misbehaviour misbehaviour, long strikes, Ending ending) {
        List<String> wrong = new ArrayList<>();
        if (!misbehaviour.outcome().allows(ending.exitCode())) {
            wrong.add("exit code " + misbehaviour.outcome().exitCode() + " expected");
        }
        if (ending.words().chars().anyMatch(c -> Character.isISOControl(c) && c != '\n')) {
            wrong.add("control characters in its last words");
        }
        wrong.addAll(truths.wrong(ending, misbehaviour));
        if (strikes == 0 && ending.exitCode() == 0) {
            return new Score(misbehaviour, Verdict.UNTOUCHED, 0, 0, "");
        }
        String remark = wrong.isEmpty() ? ending.words() : String.join(", ", wrong) + ": " + ending.words();
        Verdict verdict = wrong.isEmpty() ? Verdict.PASSED : Verdict.FAILED;
        return new Score(misbehaviour, verdict, strikes, ending.exitCode(), remark);
    }
}

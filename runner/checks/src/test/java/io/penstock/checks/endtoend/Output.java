package io.penstock.checks.endtoend;

import io.penstock.testkit.model.ModelData;

/** Where a run writes, and how to tell whether it holds what it should. */
interface Output {

    /** The sink in a plan, in YAML's flow style. */
    String sink();

    /**
     * Fails unless the output holds every row of every stream once, and nothing else.
     *
     * @param whole whether the data was written in place of all before, not as what has changed since
     */
    void requireTruth(ModelData data, int revision, boolean whole);
}

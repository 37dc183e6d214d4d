package io.penstock.connectors.rest;

import io.penstock.testkit.range.Contestant;
import io.penstock.testkit.range.HostileContract;
import io.penstock.testkit.range.SourceContestant;

/** A plan against every misbehaviour. Budget: four minutes. */
class RestHostileRangeIT implements HostileContract {

    /** All streams of the model but the one that asks once for each customer. */
    private static final String PLAN = ModelPlan.text("TOKEN").split(" *details:", 2)[0];

    @Override
    public long records() {
        return 300;
    }

    @Override
    public long seed() {
        return 7;
    }

    @Override
    public Contestant contestant() {
        return new SourceContestant((rig, api) -> Plans.open(rig, api.toString(), PLAN));
    }
}

package io.penstock.connectors.reference;

import io.penstock.testkit.range.Contestant;
import io.penstock.testkit.range.HostileContract;
import io.penstock.testkit.range.SourceContestant;
import java.util.Map;

/** The source against every misbehaviour. Budget: four minutes. */
class HostileRangeIT implements HostileContract {

    @Override
    public Contestant contestant() {
        return new SourceContestant((rig, api) -> rig.open(
                new ReferenceProvider(),
                Map.of("base_url", api.toString(), "token", "${env:TOKEN}", "page_size", 100),
                Map.of("TOKEN", "demo-token")));
    }
}

package io.penstock.sinks.postgres;

import io.penstock.testkit.sink.KillContract;
import java.util.List;

/** Killed at every durable step. */
final class PostgresKillTest implements PostgresHooks, KillContract {

    @Override
    public List<String> killPoints() {
        return List.of(
                "postgres.claim.minted",
                "postgres.schema.altered#1",
                "postgres.schema.altered#2",
                "postgres.schema.committed#1",
                "postgres.schema.committed#2",
                "postgres.commit.copied#1",
                "postgres.commit.copied#3",
                "postgres.commit.advanced#2",
                "postgres.commit.advanced#4",
                "postgres.commit.done#1",
                "postgres.commit.done#3",
                "postgres.publish.swapped",
                "postgres.publish.committed");
    }
}

package io.penstock.sinks.duckdb;

import io.penstock.testkit.sink.DeadLetterContract;

final class DuckDbDeadLettersTest implements DuckDbHooks, DeadLetterContract {}

package io.penstock.sinks.parquet;

import io.penstock.testkit.sink.SinkContract;

/** The contract of all sinks, on Parquet. */
final class ParquetSinkContractTest implements ParquetHooks, SinkContract {}

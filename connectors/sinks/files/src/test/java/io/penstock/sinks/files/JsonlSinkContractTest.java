package io.penstock.sinks.files;

import io.penstock.testkit.sink.RewriteContract;
import io.penstock.testkit.sink.SinkContract;

/** The contract of all sinks, on JSON lines. */
final class JsonlSinkContractTest implements JsonlHooks, SinkContract, RewriteContract {}

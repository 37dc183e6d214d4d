package io.penstock.sinks.files;

import io.penstock.record.SliceId;
import io.penstock.sink.Spool;

/**
 * Where a stage writes.
 *
 * @param replacing whether it builds what will take the place of all older rows
 * @param file the data file its rows go to
 */
record Place(SliceId slice, boolean replacing, OpenFile file, Spool spool) {}

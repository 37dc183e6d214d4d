package io.penstock.cli.state;

import io.penstock.cli.view.Quantities;
import io.penstock.cli.view.Table;
import io.penstock.record.Cursor;
import io.penstock.record.SliceId;
import io.penstock.runner.state.StateDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The state of connections as a person reads it. */
public final class StateText {

    private static final int WIDEST = 72;

    private StateText() {}

    /** A table of slices, and a line for each connection that holds none. */
    public static List<String> lines(List<StateDocument> states) {
        List<String> lines = new ArrayList<>();
        Table table = new Table(List.of("stream", "slice", "version", "rows", "cursor"));
        for (StateDocument state : states) {
            state.slices()
                    .forEach((slice, committed) -> table.add(List.of(
                            slice.stream().toString(),
                            slice.key(),
                            Long.toString(committed.version()),
                            rows(state, slice),
                            shown(committed.cursor()))));
        }
        if (states.stream().anyMatch(state -> !state.slices().isEmpty())) {
            lines.addAll(table.lines());
        }
        states.forEach(state -> lines.add(state.connection() + ": "
                + (state.slices().isEmpty() ? "nothing was committed yet, " : "") + "epoch " + state.epoch()));
        return lines;
    }

    private static String rows(StateDocument state, SliceId slice) {
        return Optional.ofNullable(state.rows().get(slice.stream().name()))
                .map(Quantities::count)
                .orElse("-");
    }

    private static String shown(Optional<Cursor> cursor) {
        String text =
                cursor.map(Cursor::text).orElse("none: from the beginning").replaceAll("\\p{Cntrl}", " ");
        return text.length() > WIDEST ? text.substring(0, WIDEST - 3) + "..." : text;
    }
}

package io.penstock.cli.view;

import io.penstock.runner.summary.StreamReport;
import io.penstock.runner.summary.StreamReport.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Streams as lines: with a bar for a terminal, plain for a log. For one thread. */
public final class Bars {

    private static final int WIDTH = 16;
    private static final int BLOCK = 4;

    private final String full;
    private final String empty;
    private int tick;

    /** Bars of blocks, or of plain characters where the terminal knows no others. */
    public Bars(boolean unicode) {
        full = unicode ? "█" : "#";
        empty = unicode ? "░" : ".";
    }

    /** A line a stream; where there is no room for all, those that run come first and the rest is counted. */
    public List<String> lines(List<StreamReport> streams, int room) {
        tick++;
        int width = streams.stream()
                .mapToInt(stream -> stream.stream().toString().length())
                .max()
                .orElse(0);
        if (streams.size() <= room) {
            return streams.stream().map(stream -> line(stream, width)).toList();
        }
        List<String> lines = new ArrayList<>(streams.stream()
                .filter(stream -> stream.state() == State.RUNNING)
                .limit(room - 1L)
                .map(stream -> line(stream, width))
                .toList());
        lines.add("and " + (streams.size() - lines.size()) + " more streams, "
                + streams.stream().filter(Bars::over).count() + " of all are over");
        return lines;
    }

    private static boolean over(StreamReport stream) {
        return stream.state() != State.RUNNING && stream.state() != State.WAITING;
    }

    private String line(StreamReport stream, int width) {
        return String.format(
                Locale.ROOT,
                "%-" + width + "s  %s %12s rows %9s %10s  %s",
                stream.stream(),
                bar(stream),
                Quantities.count(stream.counts().records()),
                Quantities.bytes(stream.counts().bytes()),
                Quantities.rate(stream.counts().records(), stream.times().wall()),
                doing(stream));
    }

    /** As far as the stream's slices are done; where there is but one, a block that wanders while something arrives. */
    private String bar(StreamReport stream) {
        if (stream.state() == State.RUNNING
                && !(stream.slices().listed() && stream.slices().known() > 1)) {
            int from = Math.abs(tick % (2 * (WIDTH - BLOCK)) - (WIDTH - BLOCK));
            return empty.repeat(from) + full.repeat(BLOCK) + empty.repeat(WIDTH - BLOCK - from);
        }
        int known = Math.max(1, stream.slices().known());
        int done =
                stream.state() == State.DONE ? WIDTH : WIDTH * stream.slices().done() / known;
        return full.repeat(done) + empty.repeat(WIDTH - done);
    }

    /** {@code shop/orders: 13,000 rows, 5.7 MB, 867/s, waiting for server, slice 3 of 12}. */
    public static String plain(StreamReport stream) {
        return stream.stream() + ": " + Quantities.count(stream.counts().records()) + " rows, "
                + Quantities.bytes(stream.counts().bytes()) + ", "
                + Quantities.rate(stream.counts().records(), stream.times().wall()) + ", " + doing(stream);
    }

    private static String doing(StreamReport stream) {
        if (stream.state() != State.RUNNING) {
            return stream.state().name().toLowerCase(Locale.ROOT);
        }
        String waiting = stream.times()
                .now()
                .map(reason -> "waiting for " + reason.label())
                .orElse("reading");
        return stream.slices().known() > 1
                ? waiting + ", " + stream.slices().done() + " of "
                        + stream.slices().known() + " slices done"
                : waiting;
    }
}

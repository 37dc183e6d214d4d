package io.penstock.checks.simulation.api;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * What the API holds: the lists by name, each in the order in which it is sent. Some lists grow while time goes on.
 *
 * <ul>
 *   <li>{@code events} in the order of their times; grows at its end
 *   <li>{@code orders} in the order of their keys; grows at its end, and, where allowed, records are changed in their places
 *   <li>{@code parts/a}, {@code parts/b}, {@code parts/c}: never change
 *   <li>{@code groups} and, for each of them, {@code groups/ID/members}: never change
 * </ul>
 */
public final class Truth {

    /** The server's time when the world begins. */
    public static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private final Map<String, List<Row>> lists = new LinkedHashMap<>();
    private final Deque<Growth> growth = new ArrayDeque<>();
    private final SplittableRandom dice;

    /** Something that is written at a time. */
    private record Growth(Instant at, int events, int orders, int changes) {}

    /**
     * A truth that follows from {@code dice}.
     *
     * @param most how long lists may be at first
     */
    public Truth(SplittableRandom dice, int most) {
        this.dice = dice;
        List<Row> events = new ArrayList<>();
        Instant at = BEGIN.minus(Duration.ofDays(30));
        for (int i = dice.nextInt(most + 1); i > 0; i--) {
            at = at.plusSeconds(dice.nextInt(3)); // ties are the rule
            events.add(row("e" + events.size(), at, 1));
        }
        lists.put("events", events);
        lists.put("orders", list("o", dice.nextInt(most + 1)));
        for (String part : List.of("a", "b", "c")) {
            lists.put("parts/" + part, list("p" + part, dice.nextInt(most + 1)));
        }
        List<Row> groups = list("g", dice.nextInt(6));
        lists.put("groups", groups);
        groups.forEach(group ->
                lists.put("groups/" + group.id() + "/members", list(group.id() + "m", dice.nextInt(most / 2 + 1))));
    }

    private List<Row> list(String prefix, int size) {
        return new ArrayList<>(IntStream.range(0, size)
                .mapToObj(i -> row(prefix + i, BEGIN.minusSeconds(1 + dice.nextInt(1_000)), 1))
                .toList());
    }

    private Row row(String id, Instant at, int version) {
        return Row.of(id, at, version, dice.nextInt(12));
    }

    /** Lets lists grow so many times within {@code span}. */
    public void growing(int times, Duration span, boolean changes) {
        IntStream.range(0, times)
                .mapToObj(i -> BEGIN.plusMillis(dice.nextLong(span.toMillis())))
                .sorted()
                .map(at -> new Growth(at, dice.nextInt(6), dice.nextInt(6), changes ? dice.nextInt(4) : 0))
                .forEach(growth::add);
    }

    /** Writes what is written until {@code now}, by the server's time. */
    public void reach(Instant now) {
        while (!growth.isEmpty() && !growth.element().at().isAfter(now)) {
            write(growth.remove());
        }
    }

    private void write(Growth more) {
        Instant at = dice.nextBoolean() ? more.at() : more.at().truncatedTo(ChronoUnit.SECONDS);
        List<Row> events = of("events");
        Instant last = events.isEmpty() ? at : events.get(events.size() - 1).at();
        for (int i = 0; i < more.events(); i++) {
            events.add(row("e" + events.size(), last.isAfter(at) ? last : at, 1));
        }
        List<Row> orders = of("orders");
        for (int i = 0; i < more.changes() && !orders.isEmpty(); i++) {
            int which = dice.nextInt(orders.size());
            orders.set(which, row(orders.get(which).id(), at, 2 + dice.nextInt(1_000)));
        }
        for (int i = 0; i < more.orders(); i++) {
            orders.add(row("o" + orders.size(), at, 1));
        }
    }

    /** Whether nothing more will be written. */
    public boolean settled() {
        return growth.isEmpty();
    }

    /** The list called so, as it stands; empty if there is none. */
    public List<Row> of(String name) {
        return lists.getOrDefault(name, List.of());
    }

    /** Every record of a stream, whatever list it is in, as text and sorted. */
    public List<String> texts(String stream) {
        return lists.entrySet().stream()
                .filter(list -> holds(stream, list.getKey()))
                .flatMap(list -> list.getValue().stream())
                .map(Row::text)
                .sorted(Comparator.naturalOrder())
                .toList();
    }

    private static boolean holds(String stream, String list) {
        return switch (stream) {
            case "parts" -> list.startsWith("parts/");
            case "members" -> list.endsWith("/members");
            default -> list.equals(stream);
        };
    }

    /** How many requests it takes to read everything once, page by page of {@code size}, and one more of each list. */
    public int pages(int size) {
        return lists.values().stream().mapToInt(list -> list.size() / size + 2).sum();
    }
}

package io.penstock.runner.mapping.value;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** An array whose items can be changed. */
public final class Items implements Value {

    private final List<Value> all = new ArrayList<>();

    static Items of(byte[] bytes, int from, int to) {
        Items items = new Items();
        int at = JsonWalk.skipBlank(bytes, from + 1);
        while (bytes[at] != ']') {
            int end = JsonWalk.endOfValue(bytes, at, to);
            items.all.add(new Raw(bytes, at, end).opened());
            at = JsonWalk.skipBlank(bytes, end);
            at = bytes[at] == ',' ? JsonWalk.skipBlank(bytes, at + 1) : at;
        }
        return items;
    }

    /** The items, objects and arrays opened; changing the list changes the array. */
    public List<Value> all() {
        return all;
    }

    @Override
    public void write(ByteArrayOutputStream out) {
        out.write('[');
        for (int i = 0; i < all.size(); i++) {
            if (i > 0) {
                out.write(',');
            }
            all.get(i).write(out);
        }
        out.write(']');
    }

    @Override
    public Value opened() {
        return this;
    }
}

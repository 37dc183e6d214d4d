package io.penstock.store;

import java.util.Map;

/** A lock among those who share one map. */
final class ProcessTurn implements Turn {

    private final Map<String, ProcessTurn> holders;
    private final String name;
    private boolean over;

    ProcessTurn(Map<String, ProcessTurn> holders, String name) {
        this.holders = holders;
        this.name = name;
    }

    @Override
    public synchronized boolean take() {
        return !over && holders.putIfAbsent(name, this) == null;
    }

    @Override
    public synchronized void giveUp() {
        over = true;
        holders.remove(name, this);
    }
}

package io.penstock.runner.limits;

import io.penstock.config.Config;
import io.penstock.config.Setting;
import io.penstock.config.Type;
import io.penstock.config.Types;
import io.penstock.http.Timeouts;
import io.penstock.http.Timeouts.Wait;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How long one try waits for what, as a plan writes it: a setting for each wait that may differ from client to client. */
final class TimeoutSettings {

    private static final Map<Wait, Setting<Duration>> ALL = settings();

    static final Type<Timeouts> TYPE = Types.object(List.copyOf(ALL.values()), TimeoutSettings::timeouts);

    private TimeoutSettings() {}

    private static Map<Wait, Setting<Duration>> settings() {
        Map<Wait, Setting<Duration>> settings = new EnumMap<>(Wait.class);
        add(settings, Wait.RESPONSE_HEADERS, "How long the answer may take to begin once the request is sent.", "30s");
        add(settings, Wait.BODY_IDLE, "How long the next byte of the body may take.", "30s");
        add(
                settings,
                Wait.BODY_MIN_RATE,
                "The time over which a body must bring " + Timeouts.MIN_RATE + " bytes a second.",
                "60s");
        add(settings, Wait.ATTEMPT, "How long the whole try may take, without what the sink takes.", "10m");
        return settings;
    }

    private static void add(Map<Wait, Setting<Duration>> settings, Wait wait, String description, String usual) {
        String name = wait.name().toLowerCase(Locale.ROOT);
        settings.put(wait, Setting.of(name, description, Types.duration(), usual));
    }

    private static Timeouts timeouts(Config config) {
        Timeouts timeouts = Timeouts.DEFAULT;
        for (Map.Entry<Wait, Setting<Duration>> setting : ALL.entrySet()) {
            timeouts = timeouts.with(setting.getKey(), config.value(setting.getValue()));
        }
        return timeouts;
    }
}

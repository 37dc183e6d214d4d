package io.penstock.redact;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;

/** Takes secrets out of the tags of meters as they are registered; a meter that has none costs nothing. */
public final class RedactedTags implements MeterFilter {

    private final Redaction redaction;

    /** Hides what {@code redaction} knows by the time a meter is registered. */
    public RedactedTags(Redaction redaction) {
        this.redaction = redaction;
    }

    @Override
    public Meter.Id map(Meter.Id id) {
        boolean clean = id.getTags().stream().allMatch(tag -> redaction.passes(tag.getValue()));
        return clean
                ? id
                : id.replaceTags(Tags.of(id.getTags().stream()
                        .map(tag -> Tag.of(tag.getKey(), redaction.hide(tag.getValue())))
                        .toList()));
    }
}

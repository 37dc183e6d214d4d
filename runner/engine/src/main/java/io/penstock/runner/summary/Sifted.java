package io.penstock.runner.summary;

/**
 * How many records did not go the straight way from source to sink.
 *
 * @param filtered left out because the plan does not want them
 * @param skipped left out because they did not fit
 * @param deadLetters kept with a reason because they did not fit
 * @param warned handed on although they break the schema of their stream
 */
public record Sifted(long filtered, long skipped, long deadLetters, long warned) {

    /** None. */
    public static final Sifted NONE = new Sifted(0, 0, 0, 0);

    /** These and {@code more}. */
    public Sifted plus(Sifted more) {
        return new Sifted(
                filtered + more.filtered, skipped + more.skipped, deadLetters + more.deadLetters, warned + more.warned);
    }

    /** What takes these back when it is added. */
    public Sifted negated() {
        return new Sifted(-filtered, -skipped, -deadLetters, -warned);
    }
}

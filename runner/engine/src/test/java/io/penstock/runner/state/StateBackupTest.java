package io.penstock.runner.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.error.StateFailure.StateCorrupt;
import io.penstock.record.ConnectionId;
import io.penstock.record.Cursor;
import io.penstock.record.StreamId;
import io.penstock.sink.Committed;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StateBackupTest {

    private static final StreamId ORDERS = StreamId.of("shop", "orders");
    private static final StateDocument STATE = StateDocument.of(
            new ConnectionId("shop"),
            7,
            Map.of(
                    ORDERS.slice("all"),
                    new Committed(3, Optional.of(new Cursor("{\"v\":1,\"since\":\"\u00fc \\\" \ud83d\ude00\"}"))),
                    ORDERS.slice("region=eu"),
                    new Committed(Long.MAX_VALUE, Optional.empty())),
            Map.of("orders", 12L));

    @Test
    void whatIsWrittenIsReadBack() {
        assertThat(StateBackup.read("s", StateBackup.write(STATE))).isEqualTo(STATE);
        assertThat(StateJson.read("s", StateJson.write(STATE))).isEqualTo(STATE);
    }

    @Test
    void everyFlippedBitIsFound() {
        byte[] whole = StateBackup.write(STATE).getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < whole.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] other = whole.clone();
                other[at] ^= (byte) (1 << bit);
                assertRefused(new String(other, StandardCharsets.UTF_8), "bit " + bit + " of byte " + at);
            }
        }
    }

    @Test
    void everyPrefixIsFound() {
        String whole = StateBackup.write(STATE);
        for (int length = 0; length < whole.length(); length++) {
            assertRefused(whole.substring(0, length), "the first " + length + " characters");
        }
    }

    @Test
    void whatFollowsTheChecksumIsFound() {
        assertRefused(StateBackup.write(STATE) + "\n", "one more line");
    }

    private static void assertRefused(String text, String what) {
        assertThatThrownBy(() -> StateBackup.read("shop.state", text))
                .as(what)
                .isInstanceOf(StateCorrupt.class)
                .hasMessageStartingWith("shop.state")
                .hasMessageContaining("another backup");
    }
}

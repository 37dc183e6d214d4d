package io.penstock.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.error.TryLater.NetworkError;
import io.penstock.error.TryLater.NetworkError.Step;
import io.penstock.error.TryLater.Throttled;
import io.penstock.error.TryLater.UpstreamError;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PenstockExceptionTest {

    private static final int ALWAYS = Integer.MAX_VALUE;

    /** The table of faults.md, section 2. */
    static Stream<Arguments> kinds() {
        return Stream.of(
                kind(new NetworkError(Step.RESET, "m", null), "NetworkError", 75, ALWAYS),
                kind(new NetworkError(Step.DNS, "m", null), "NetworkError", 75, 2),
                kind(new TryLater.TruncatedResponse("m"), "TruncatedResponse", 75, ALWAYS),
                kind(new Throttled("m", 429, Duration.ZERO), "Throttled", 75, ALWAYS),
                kind(new Throttled("m", 429, Duration.ofDays(1), Instant.EPOCH), "Throttled", 75, 0),
                kind(new UpstreamError("m", 503, Duration.ZERO), "UpstreamError", 75, ALWAYS),
                kind(new TryLater.UpstreamUnavailable("m"), "UpstreamUnavailable", 75, 0),
                kind(new BadAnswer.ProtocolError("m"), "ProtocolError", 76, 2),
                kind(new BadAnswer.UnexpectedContent("m"), "UnexpectedContent", 76, 2),
                kind(new BadAnswer.MalformedPayload("m"), "MalformedPayload", 76, 1),
                kind(new BadAnswer.LimitExceeded("m"), "LimitExceeded", 76, 0),
                kind(new BadAnswer.RequestRejected("m", 404), "RequestRejected", 76, 0),
                kind(new BadAnswer.OutcomeUnknown("m"), "OutcomeUnknown", 76, 0),
                kind(new BadAnswer.CursorExpired("m", 410), "CursorExpired", 76, 0),
                kind(new BadAnswer.PaginationLoop("m"), "PaginationLoop", 76, 0),
                kind(new BadAnswer.PaginationContract("m"), "PaginationContract", 76, 0),
                kind(new AccessDenied.AuthError("m"), "AuthError", 77, 0),
                kind(new AccessDenied.ReauthorizationRequired("m"), "ReauthorizationRequired", 77, 0),
                kind(new AccessDenied.BlockedDestination("m"), "BlockedDestination", 77, 0),
                kind(new AccessDenied.TlsError("m"), "TlsError", 77, 0),
                kind(new DataRejected.SchemaViolation("m"), "SchemaViolation", 65, 0),
                kind(new DataRejected.RecordRejected("m"), "RecordRejected", 65, 0),
                kind(new SinkFailure.SinkTransient("m"), "SinkTransient", 74, 5),
                kind(new SinkFailure.SinkPermanent("m"), "SinkPermanent", 74, 0),
                kind(new SinkFailure.SinkFull("m"), "SinkFull", 74, 0),
                kind(new StateFailure.StateConflict("m"), "StateConflict", 73, 0),
                kind(new StateFailure.StateCorrupt("m"), "StateCorrupt", 73, 0),
                kind(new StateFailure.SinkRegressed("m"), "SinkRegressed", 73, 0),
                kind(new BadConfig.ConfigError("m"), "ConfigError", 78, 0),
                kind(new BadConfig.TemplateError("m"), "TemplateError", 78, 0),
                kind(new BadConfig.SecretMissing("m"), "SecretMissing", 78, 0),
                kind(new Cancelled("m", 143), "Cancelled", 143, 0));
    }

    private static Arguments kind(PenstockException failure, String code, int exitCode, int repeats) {
        return Arguments.of(failure, code, exitCode, repeats);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyKindHasItsExitCodeAndItsRepeats(PenstockException failure, String code, int exitCode, int repeats) {
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.exitCode()).isEqualTo(exitCode);
        assertThat(failure.repeats()).isEqualTo(repeats);
        assertThat(failure).hasMessage("m");
        assertThat(failure.place()).isEqualTo(Place.UNKNOWN);
    }

    @Test
    void theInnermostLayerThatKnowsThePlaceFillsItIn() {
        PenstockException failure = new BadAnswer.MalformedPayload("m");
        assertThat(failure.in(Place.request(3, "r1"))).isSameAs(failure);
        failure.in(Place.slice("shop/orders", "all"))
                .in(Place.slice("other", "other"))
                .in(Place.request(9, "r9"));
        assertThat(failure.place())
                .isEqualTo(new Place(Optional.of("shop/orders"), Optional.of("all"), 3, Optional.of("r1")));
    }

    @Test
    void tellsWhatMachinesNeed() {
        assertThat(new NetworkError(Step.DNS, "m", null).details()).isEqualTo(Map.of("step", "dns"));
        assertThat(new Throttled("m", 429, Duration.ofSeconds(2)).details())
                .isEqualTo(Map.of("status", "429", "retry_after_ms", "2000"));
        assertThat(new Throttled("m", 429, Duration.ofSeconds(2), Instant.EPOCH).details())
                .isEqualTo(Map.of("status", "429", "resume_at", "1970-01-01T00:00:00Z"));
        assertThat(new UpstreamError("m", 503, Duration.ZERO).details()).isEqualTo(Map.of("status", "503"));
        assertThat(new BadAnswer.RequestRejected("m", 422).details()).isEqualTo(Map.of("status", "422"));
        assertThat(new BadConfig.ConfigError("m").details()).isEmpty();
    }

    @Test
    void onlyWhatNeverLeftThisMachineCountsAsUnsent() {
        assertThat(Step.values())
                .filteredOn(step -> new NetworkError(step, "m", null).unsent())
                .containsExactly(Step.DNS, Step.CONNECT, Step.POOL);
    }

    @Test
    void keepsItsCause() {
        IOException cause = new IOException("reset");
        assertThat(new NetworkError(Step.RESET, "m", cause)).hasCause(cause);
        assertThat(new SinkFailure.SinkTransient("m", cause)).hasCause(cause);
    }

    @Test
    void survivesBeingSentToAnotherMachineWithoutItsPlace() throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new BadConfig.ConfigError("m").in(Place.request(1, "r")));
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(((PenstockException) in.readObject()).place()).isEqualTo(Place.UNKNOWN);
        }
    }
}

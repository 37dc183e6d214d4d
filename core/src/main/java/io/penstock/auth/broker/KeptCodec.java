package io.penstock.auth.broker;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.auth.broker.Kept.Access;
import io.penstock.auth.broker.Kept.Begun;
import io.penstock.config.Secret;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A kept credential as versioned JSON. */
final class KeptCodec {

    private static final int VERSION = 1;
    private static final String AT = "at";

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private KeptCodec() {}

    static byte[] bytes(Kept kept) {
        ObjectNode tree = MAPPER.createObjectNode().put("version", VERSION);
        kept.access().ifPresent(access -> {
            ObjectNode node = tree.putObject("access");
            put(node, "token", access.token());
            node.put(AT, access.sentAt().toEpochMilli());
            access.lifetime().ifPresent(life -> node.put("lifetime", life.toMillis()));
            if (!access.scopes().isEmpty()) {
                node.put("scope", String.join(" ", access.scopes()));
            }
        });
        kept.refresh().ifPresent(token -> put(tree, "refresh", token));
        kept.seed().ifPresent(seed -> tree.put("seed", seed));
        kept.begun()
                .ifPresent(begun -> tree.putObject("begun")
                        .put("hash", begun.hash())
                        .put(AT, begun.at().toEpochMilli()));
        try {
            return MAPPER.writeValueAsBytes(tree);
        } catch (IOException impossible) {
            throw new IllegalStateException("a tree of texts is always written", impossible);
        }
    }

    private static void put(ObjectNode node, String name, Secret secret) {
        secret.reveal(text -> node.put(name, text));
    }

    /**
     * Reads what {@link #bytes} wrote.
     *
     * @throws IOException if it is anything else; without a word of it
     */
    static Kept read(byte[] bytes, String name) throws IOException {
        try {
            JsonNode tree = MAPPER.readTree(bytes);
            if (tree.path("version").asInt() != VERSION) {
                throw new IOException("it is of another version");
            }
            return new Kept(
                    Optional.of(tree.path("access")).filter(JsonNode::isObject).map(node -> access(node, name)),
                    secret(tree, "refresh", name),
                    text(tree, "seed"),
                    Optional.of(tree.path("begun")).filter(JsonNode::isObject).map(KeptCodec::begun));
        } catch (RuntimeException | com.fasterxml.jackson.core.JacksonException unreadable) {
            throw new IOException("it is no kept credential"); // the cause may hold parts of it
        }
    }

    private static Access access(JsonNode node, String name) {
        return new Access(
                secret(node, "token", name).orElseThrow(),
                at(node),
                Optional.of(node.path("lifetime"))
                        .filter(JsonNode::isIntegralNumber)
                        .map(life -> Duration.ofMillis(life.longValue())),
                text(node, "scope").map(scope -> List.of(scope.split(" ", -1))).orElse(List.of()));
    }

    private static Begun begun(JsonNode node) {
        return new Begun(text(node, "hash").orElseThrow(), at(node));
    }

    private static Instant at(JsonNode node) {
        if (!node.path(AT).canConvertToLong()) {
            throw new DateTimeException("no time");
        }
        return Instant.ofEpochMilli(node.path(AT).longValue());
    }

    private static Optional<Secret> secret(JsonNode node, String name, String entry) {
        return text(node, name).map(text -> Secret.named("kept:" + entry + "#" + name, text));
    }

    private static Optional<String> text(JsonNode node, String name) {
        return Optional.of(node.path(name)).filter(JsonNode::isTextual).map(JsonNode::textValue);
    }
}

package io.penstock.secrets.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.penstock.error.BadConfig.SecretMissing;
import io.penstock.secret.SecretStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

/** Reads secrets from AWS Secrets Manager. */
final class AwsSecretStore implements SecretStore {

    static final String SCHEME = "aws-sm";

    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private final AwsClients clients;
    private final Scheduler thread = Schedulers.newBoundedElastic(1, 1_000, "penstock-aws-secrets", 10, true);

    AwsSecretStore(AwsClients clients) {
        this.clients = clients;
    }

    @Override
    public Mono<String> read(String name) {
        return Mono.defer(() -> {
                    SecretName wanted = SecretName.parse(name);
                    GetSecretValueRequest request = GetSecretValueRequest.builder()
                            .secretId(wanted.id())
                            .versionStage(wanted.stage().orElse(null))
                            .build();
                    return Mono.fromFuture(() -> clients.client().getSecretValue(request))
                            .map(answer -> text(answer, wanted, name));
                })
                .subscribeOn(thread) // credentials are looked for by blocking
                .onErrorMap(
                        failure -> !(failure instanceof SecretMissing),
                        failure -> AwsFailures.told(name, bare(failure)));
    }

    private static Throwable bare(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }

    private static String text(GetSecretValueResponse answer, SecretName wanted, String name) {
        String whole = answer.secretString();
        if (whole == null) {
            throw missing(name, "it holds bytes and no text: store it as a text, for example in Base64");
        }
        String text = wanted.key().map(key -> member(whole, key, name)).orElse(whole);
        if (text.isEmpty()) {
            throw missing(name, "it is empty: give it a value");
        }
        return text;
    }

    private static String member(String whole, String key, String name) {
        JsonNode tree;
        try {
            tree = MAPPER.readTree(whole);
        } catch (JsonProcessingException notJson) { // whose message quotes the text
            throw missing(name, "it is no JSON document, so it has no keys: leave out #" + key);
        }
        JsonNode value = tree.path(key);
        if (value.isTextual() || value.isNumber() || value.isBoolean()) {
            return value.asText();
        }
        List<String> names = new ArrayList<>();
        tree.fieldNames().forEachRemaining(names::add);
        throw missing(
                name,
                value.isMissingNode()
                        ? "it has no key " + key + (names.isEmpty() ? "" : ", only " + String.join(", ", names))
                        : "its key " + key + " is no text, number or truth value");
    }

    static SecretMissing missing(String name, String why) {
        return new SecretMissing("${" + SCHEME + ":" + name + "} cannot be read: " + why);
    }

    @Override
    public void close() {
        thread.schedule(clients::close);
        thread.disposeGracefully().subscribe();
    }
}

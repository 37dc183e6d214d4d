package io.penstock.secrets.vault;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.client.ApiCall;
import io.penstock.client.ApiClient;
import io.penstock.error.AccessDenied.AuthError;
import io.penstock.error.BadConfig.SecretMissing;
import io.penstock.error.PenstockException;
import io.penstock.message.ApiResponse;
import io.penstock.secret.SecretStore;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Mono;

/** Reads secrets of a KV version 2 engine. */
final class VaultStore implements SecretStore {

    static final String SCHEME = "vault";
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    private final ApiClient client;
    private final ApiClient login;
    private final Mono<Boolean> renewal;
    private final String mount;

    VaultStore(Clients clients, String mount) {
        this.client = clients.reading();
        this.login = clients.login();
        this.renewal = clients.renewal();
        this.mount = mount;
    }

    /**
     * How Vault is spoken to.
     *
     * @param reading puts the token on requests
     * @param login puts nothing on requests
     * @param renewal emits whether another token is to be had than the one that was refused
     */
    record Clients(ApiClient reading, ApiClient login, Mono<Boolean> renewal) {}

    @Override
    public Mono<String> read(String name) {
        return Mono.defer(() -> {
                    VaultPath path = VaultPath.parse(name);
                    return asked(path)
                            .flatMap(answer -> answer.status() == FORBIDDEN ? again(path, answer) : Mono.just(answer))
                            .map(answer -> text(answer, path, name));
                })
                .onErrorMap(failure -> !(failure instanceof SecretMissing), failure -> told(name, failure));
    }

    private Mono<ApiResponse> asked(VaultPath path) {
        ApiCall call = client.get("/v1/" + mount + "/data/" + path.path()).verbatim();
        return path.version()
                .map(version -> call.query("version", version))
                .orElse(call)
                .exchange();
    }

    /** A token that has ended is refused in the same way as one without rights: one more try with a new one tells. */
    private Mono<ApiResponse> again(VaultPath path, ApiResponse refusal) {
        return renewal.filter(another -> another)
                .flatMap(another -> asked(path))
                .defaultIfEmpty(refusal);
    }

    private String text(ApiResponse answer, VaultPath path, String name) {
        JsonNode document = VaultJson.read(answer);
        JsonNode data = document.path("data").path("data");
        if (answer.status() >= 400 || !data.isObject()) {
            throw missing(name, refusal(answer.status(), document));
        }
        String key = path.key().orElseGet(() -> only(data, name));
        JsonNode value = data.path(key);
        if (value.isMissingNode()) {
            throw missing(name, "it has no key " + key + ", only " + String.join(", ", names(data)));
        }
        if (!value.isValueNode() || value.isNull() || value.asText().isEmpty()) {
            throw missing(name, "its key " + key + " is empty or no text, number or truth value");
        }
        return value.asText();
    }

    private static String only(JsonNode data, String name) {
        if (data.size() != 1) {
            throw missing(name, "it has several keys: name one of " + String.join(", ", names(data)) + " behind #");
        }
        return names(data).get(0);
    }

    private static List<String> names(JsonNode data) {
        List<String> names = new ArrayList<>();
        data.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private String refusal(int status, JsonNode document) {
        JsonNode metadata = document.path("data").path("metadata");
        if (metadata.path("destroyed").asBoolean(false)) {
            return "this version is destroyed: write a new one with vault kv put";
        }
        if (!metadata.path("deletion_time").asText("").isEmpty()) {
            return "this version is deleted: restore it with vault kv undelete, or write a new one";
        }
        return switch (status) {
            case FORBIDDEN ->
                "Vault denies it: check that the token is valid and its policy allows read on " + mount + "/data/...";
            case NOT_FOUND ->
                "there is nothing at this path: check it, secrets.vault.mount (now " + mount
                        + ") and secrets.vault.namespace";
            case 400 -> "Vault does not understand the request: is " + mount + " a KV engine of version 2?";
            default ->
                status < 400
                        ? "the answer is none of a KV engine of version 2: check secrets.vault.mount (now " + mount
                                + ")"
                        : "Vault has refused the request with " + status + ": check secrets.vault.address";
        };
    }

    private static SecretMissing told(String name, Throwable failure) {
        if (failure instanceof AuthError denied) {
            return missing(name, String.valueOf(denied.getMessage()));
        }
        String status =
                failure instanceof PenstockException known ? known.details().getOrDefault("status", "") : "";
        return missing(
                name,
                switch (status) {
                    case "503" -> "Vault is sealed or down for maintenance (503): unseal it, or run again later";
                    case "429" -> "Vault throttles these requests, or this node is a standby (429): run again later";
                    case "" ->
                        "Vault cannot be reached (" + failure.getClass().getSimpleName()
                                + "): check secrets.vault.address, the network and its certificate";
                    default -> "Vault is in trouble (" + status + "): run again later";
                });
    }

    private static SecretMissing missing(String name, String why) {
        return new SecretMissing("${" + SCHEME + ":" + name + "} cannot be read: " + why);
    }

    @Override
    public void close() {
        client.close();
        login.close();
    }
}

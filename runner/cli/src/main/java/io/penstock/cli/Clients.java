package io.penstock.cli;

import io.penstock.client.ApiClient;
import io.penstock.client.ClientResources;
import io.penstock.rate.BudgetState;
import io.penstock.retry.RetryListener;
import io.penstock.retry.RetryPolicy;
import io.penstock.runner.host.ClientFactory;
import io.penstock.runner.redact.Redaction;
import io.penstock.store.ByteStore;
import io.penstock.store.FileByteStore;
import io.penstock.store.Vault;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The clients of one command, which share connections and budgets. What is opened is opened with the first client. */
final class Clients implements ClientFactory, AutoCloseable {

    private final Optional<RetryPolicy> always;
    private final RetryListener notes;
    private @Nullable FileByteStore quotas;
    private @Nullable ClientResources resources;
    private @Nullable ClientResources secretStores;
    private @Nullable Vault credentials;
    private Redaction redaction = Redaction.empty();

    /** @param always how failed requests are repeated, whatever a plan says; empty for the plan's way */
    Clients(Optional<RetryPolicy> always, RetryListener notes) {
        this.always = always;
        this.notes = notes;
    }

    /** What is spent of long limits is kept in {@code directory}; the first call counts, before the first client. */
    synchronized void keepQuotasIn(Path directory) {
        if (quotas == null && resources == null) {
            quotas = new FileByteStore(directory);
        }
    }

    /** What a person grants and what replaces it is kept in {@code vault}; for clients that are begun from then on. */
    synchronized void keepCredentialsIn(Vault vault) {
        credentials = vault;
    }

    /** Every secret that is made or received is told to {@code from}; for clients that are begun from then on. */
    synchronized void hide(Redaction from) {
        redaction = from;
    }

    private synchronized ApiClient.Builder kept(ApiClient.Builder client) {
        ApiClient.Builder hiding = client.onSecret(redaction::learn);
        return credentials == null ? hiding : hiding.vault(credentials);
    }

    /** A client for a secret store, with connections of its own: secrets are found before anybody knows where quotas are kept. */
    synchronized ApiClient.Builder forSecrets(URI base) {
        ClientResources open = secretStores;
        if (open == null) {
            open = ClientResources.create();
            secretStores = open;
        }
        return open.client(base);
    }

    private synchronized ClientResources resources() {
        ClientResources open = resources;
        if (open == null) {
            ByteStore store = quotas;
            open = store == null ? ClientResources.create() : ClientResources.create(store);
            resources = open;
        }
        return open;
    }

    @Override
    public ApiClient.Builder at(URI base) {
        return kept(resources().client(base))
                .retry(always.orElse(RetryPolicy.DEFAULT))
                .onRetry(notes);
    }

    @Override
    public RetryPolicy retry(RetryPolicy planned) {
        return always.orElse(planned);
    }

    @Override
    public synchronized List<BudgetState> budgets() {
        return resources == null ? List.of() : resources.shared().budgets().states();
    }

    @Override
    public synchronized void close() {
        if (resources != null) {
            resources.close();
        }
        if (secretStores != null) {
            secretStores.close();
        }
        if (quotas != null) {
            quotas.close();
        }
    }
}

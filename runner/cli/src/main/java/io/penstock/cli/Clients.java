package io.penstock.cli;

import io.penstock.client.ApiClient;
import io.penstock.client.ClientResources;
import io.penstock.config.Secret;
import io.penstock.rate.BudgetState;
import io.penstock.retry.RetryBudget;
import io.penstock.retry.RetryListener;
import io.penstock.retry.RetryPolicy;
import io.penstock.runner.host.ClientFactory;
import io.penstock.store.ByteStore;
import io.penstock.store.FileByteStore;
import io.penstock.store.Vault;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The clients of one command, which share connections and budgets. What is opened is opened with the first client. */
final class Clients implements ClientFactory, AutoCloseable {

    private final Optional<RetryPolicy> always;
    private final RetryListener notes;
    private @Nullable FileByteStore quotas;
    private @Nullable ClientResources resources;
    private @Nullable Vault credentials;
    private Consumer<Secret> learnt = secret -> {};

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

    /** Secrets that come up while clients are used are told to {@code who}; for clients that are begun from then on. */
    synchronized void tellSecretsTo(Consumer<Secret> who) {
        learnt = who;
    }

    private synchronized ApiClient.Builder kept(ApiClient.Builder client) {
        ApiClient.Builder telling = client.onSecret(learnt);
        return credentials == null ? telling : telling.vault(credentials);
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
    public synchronized Map<String, RetryBudget.Usage> retryBudgets() {
        return resources == null ? Map.of() : resources.shared().repeats().usages();
    }

    @Override
    public synchronized void close() {
        if (resources != null) {
            resources.close();
        }
        if (quotas != null) {
            quotas.close();
        }
    }
}

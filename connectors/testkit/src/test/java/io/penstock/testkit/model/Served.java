package io.penstock.testkit.model;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A model API that is open while the tests of a class run. */
final class Served implements BeforeAllCallback, AfterAllCallback {

    final ModelApi api;

    Served(ModelApi.Builder builder) {
        this.api = builder.build();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        api.start();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        api.close();
    }
}

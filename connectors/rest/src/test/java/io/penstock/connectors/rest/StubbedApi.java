package io.penstock.connectors.rest;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.penstock.source.Source;
import io.penstock.testkit.source.SourceRig;
import io.penstock.testkit.source.Sources;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An API whose answers a test writes down, and plans that read it. */
abstract class StubbedApi {

    @RegisterExtension
    static final WireMockExtension API =
            WireMockExtension.newInstance().options(options().dynamicPort()).build();

    private static SourceRig rig;

    @BeforeAll
    static void open() {
        rig = new SourceRig();
    }

    @AfterAll
    static void close() {
        rig.close();
    }

    static Source source(String plan) {
        return Plans.open(rig, API.baseUrl(), plan);
    }

    static List<String> read(String plan, String stream) {
        try (Source source = source(plan)) {
            return Sources.records(Sources.readAll(source, stream));
        }
    }

    static void stub(MappingBuilder request, String body) {
        API.stubFor(request.willReturn(okJson(body)));
    }
}

package io.penstock.testkit.model.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.testkit.model.endpoint.Call;
import io.penstock.testkit.model.endpoint.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileTest {

    private static final Reply PAGE = Moment.with(
            Reply.empty(200),
            "{\"items\":[{\"id\":\"a\",\"t\":\"x}\\\"{\"},{\"id\":\"b\",\"o\":{\"n\":1}}],\"next_cursor\":null}");

    @Test
    void theCatalogueHasAtLeastSixtyOfUniqueNamesAndOneLineEach() {
        List<Misbehaviour> catalogue = Hostile.catalogue();
        assertThat(catalogue).hasSizeGreaterThanOrEqualTo(60);
        assertThat(catalogue.stream().map(Misbehaviour::name)).doesNotHaveDuplicates();
        assertThat(catalogue).allSatisfy(misbehaviour -> {
            assertThat(misbehaviour.description())
                    .isNotBlank()
                    .doesNotContain("\n")
                    .doesNotEndWith(".");
            assertThat(misbehaviour.fault()).matches("[NHAPDX]\\d{1,2}");
        });
    }

    @Test
    void everyOutcomeAndEveryTableIsPlayed() {
        Set<Character> tables = Hostile.catalogue().stream()
                .map(misbehaviour -> misbehaviour.fault().charAt(0))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(tables).containsExactly('A', 'D', 'H', 'N', 'P', 'X');
        assertThat(Hostile.catalogue().stream().map(Misbehaviour::outcome)).contains(Outcome.values());
    }

    @Test
    void anUnknownNameIsRefused() {
        assertThatThrownBy(() -> Hostile.named("gzip-bom"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'gzip-bom'");
        assertThat(Hostile.named("gzip-bomb").fault()).isEqualTo("H9");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 42})
    void onceIsOneAnswerOfALaterPageThatTheSeedDecides(long seed) {
        List<Integer> hit = struck("internal-error", seed);
        assertThat(hit).as("seed %s", seed).hasSize(1).isSubsetOf(1, 2);
        assertThat(struck("internal-error", seed)).isEqualTo(hit);
    }

    @Test
    void alwaysBeginsWithTheSecondPageAndEveryWithTheFirst() {
        assertThat(struck("gone", 1)).containsExactly(1, 2, 3, 4);
        assertThat(struck("many-chunks", 1)).containsExactly(0, 1, 2, 3, 4);
    }

    private static List<Integer> struck(String name, long seed) {
        Hostility hostility = new Hostility(Hostile.named(name), seed);
        List<Integer> struck = new ArrayList<>();
        for (int page = 0; page < 5; page++) {
            String uri = "/v1/orders?cursor=" + page;
            if (hostility.next("orders", Call.of("GET", uri, "localhost", 1), uri, PAGE) != null) {
                struck.add(page);
            }
        }
        assertThat(hostility.strikes()).isEqualTo(struck.size());
        return struck;
    }

    @Test
    void recordsAreFoundWhateverTheirTextsHold() {
        String page = Ways.text(PAGE);
        assertThat(Records.of(page))
                .containsExactly("{\"id\":\"a\",\"t\":\"x}\\\"{\"}", "{\"id\":\"b\",\"o\":{\"n\":1}}");
        assertThat(Records.replaced(page, List.of("1", "2"))).isEqualTo("{\"items\":[1,2],\"next_cursor\":null}");
        assertThat(Ways.text(Ways.empty(PAGE))).isEqualTo("{\"items\":[],\"next_cursor\":null}");
    }
}

package io.penstock.page.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.error.BadAnswer.MalformedPayload;
import io.penstock.error.BadAnswer.UnexpectedContent;
import io.penstock.message.ApiRequest;
import io.penstock.message.Headers;
import io.penstock.message.Method;
import io.penstock.record.Pointer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetectorsTest {

    private static byte[] json(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private static Optional<PagingDetector.Detected> detect(String url, Headers headers, String document) {
        return PagingDetector.detect(ApiRequest.of(Method.GET, URI.create(url)), headers, json(document));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[1]                                                   | ``",
                "{'items':[],'total':1}                                | /items",
                "{'data':[{}],'errors':[]}                             | /data",
                "{'data':{'products':{'nodes':[{}]}}}                  | /data/products/nodes",
                "{'id':1,'deep':{'a':{'b':{'c':[1]}}}}                 | ``",
                "{'id':1}                                              | ``"
            })
    void theRecordsAreTheOneArray(String document, String pointer) {
        assertThat(RecordsDetector.detect(json(document))).isEqualTo(Pointer.of(pointer));
    }

    @Test
    void severalArraysAreNamedInsteadOfGuessed() {
        assertThatThrownBy(() -> RecordsDetector.detect(json("{'a':[{}],'b':[{}]}")))
                .isInstanceOf(UnexpectedContent.class)
                .hasMessageContaining("/a")
                .hasMessageContaining("/b");
        assertThatThrownBy(() -> RecordsDetector.detect(json("{"))).isInstanceOf(MalformedPayload.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'items':[],'next_cursor':'x'}                            | a cursor at /next_cursor goes back as the query parameter cursor",
                "{'items':[],'nextPageToken':'x'}                          | a cursor at /nextPageToken goes back as the query parameter pageToken",
                "{'ok':true,'response_metadata':{'next_cursor':'x'}}       | a cursor at /response_metadata/next_cursor goes back as the query parameter cursor",
                "{'results':[],'next':'https://a.example/?page=2'}         | the URL of the next page is at /next",
                "{'results':[],'links':{'next':'/a?page=2'}}               | the URL of the next page is at /links/next",
                "{'results':[],'next':'b64'}                               | a cursor at /next goes back as the query parameter cursor",
                "{'data':[],'has_next':true}                               | pages are numbered, and /has_next says if there is more",
                "{'data':[],'meta':{'total_pages':3}}                      | pages are numbered, and /meta/total_pages counts them"
            })
    void theStyleOfPagingIsRecognisedAndToldInWords(String document, String words) {
        assertThat(detect("https://a.example/x", Headers.NONE, document))
                .map(PagingDetector.Detected::words)
                .contains(words);
    }

    @Test
    void aLinkHeaderGoesFirst() {
        Headers headers = Headers.of(Map.of("Link", "</x?page=2>; rel=\"next\""));
        assertThat(detect("https://a.example/x", headers, "{'next_cursor':'x'}")
                        .orElseThrow()
                        .words())
                .contains("Link header");
    }

    @Test
    void aCursorTakesTheParameterTheRequestHasAlready() {
        assertThat(detect("https://a.example/x?starting_after=", Headers.NONE, "{'next_cursor':'x'}")
                        .orElseThrow()
                        .words())
                .endsWith("starting_after");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "?offset=0&limit=2 | {'items':[{},{}],'total':7}          | { offset: { param: offset, limit_param: limit, size: 2, total: /total } }",
                "?skip=0           | {'items':[{},{}]}                    | { offset: { param: skip, limit_param: limit, size: 2 } }",
                "?startAt=0        | {'issues':[{}],'maxResults':50}      | { offset: { param: startAt, limit_param: maxResults, size: 50 } }",
                "?q=a              | {'d':[{}],'meta':{'offset':0,'limit':1,'total':3}} | { offset: { param: offset, limit_param: limit, size: 1, total: /meta/total } }",
                "?page=1           | {'items':[{}],'count':3}             | { page: { param: page } }",
                "?page=0           | {'items':[{}],'count':3}             | { page: { param: page, first: 0 } }",
                "?offset=0&limit=2 | {'count':2,'items':[{},{}]}          | { offset: { param: offset, limit_param: limit, size: 2 } }",
                "?from=0&size=2    | {'hits':[{},{}]}                     | { offset: { param: from, limit_param: size, size: 2 } }",
                "?page=1           | {'count':1,'items':[{}],'meta':{'total':3}} | { page: { param: page } }",
                "?q=a              | {'items':[{}],'page':1,'total':3}    | { page: { param: page } }"
            })
    void anOffsetOrNumberIsRecognisedByWhatIsCounted(String query, String document, String notation) {
        assertThat(detect("https://a.example/x" + query, Headers.NONE, document))
                .map(PagingDetector.Detected::notation)
                .contains(notation);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``          | {'items':[{}],'total':7}        | the answer shows 1 records, but /total says 7",
                "?per_page=2 | [{},{}]                         | the answer shows as many records as per_page asks for, 2",
                "?per_page=3 | [{},{}]                         | ``",
                "?from=0     | {'items':[{},{}]}               | ``",
                "``          | {'count':1,'items':[{}],'meta':{'total':9}} | the answer shows 1 records, but /meta/total says 9",
                "``          | {'items':[{},{}],'total':2}     | ``",
                "``          | {'id':1,'total':70}              | ``"
            })
    void doubtIsToldWhereTheAnswerMayNotBeAll(String query, String document, String doubt) {
        ApiRequest request = ApiRequest.of(Method.GET, URI.create("https://a.example/x" + query));
        assertThat(PagingDetector.detect(request, Headers.NONE, json(document))).isEmpty();
        assertThat(PagingDetector.doubt(request, Headers.NONE, json(document)).orElse(""))
                .isEqualTo(doubt);
    }

    @Test
    void aTotalInAHeaderCountsToo() {
        ApiRequest request = ApiRequest.of(Method.GET, URI.create("https://a.example/x"));
        Headers headers = Headers.of(Map.of("X-Total-Count", "9"));
        assertThat(PagingDetector.doubt(request, headers, json("[{}]")))
                .contains("the answer shows 1 records, but the header X-Total-Count says 9");
    }

    @Test
    void nothingIsRecognisedWhereNothingSaysSo() {
        assertThat(detect("https://a.example/x", Headers.NONE, "{'items':[{}],'total':7}"))
                .isEmpty();
        assertThat(detect("https://a.example/x", Headers.NONE, "[1,2]")).isEmpty();
    }
}

package io.penstock.testkit.model.endpoint;

import io.penstock.testkit.model.data.RecordReader;
import io.penstock.testkit.model.record.Bytes;
import io.penstock.testkit.model.record.ModelStream;
import reactor.core.publisher.Mono;

/** {@code /v1/customers/{id}}: one customer, read by GET and changed by PUT and PATCH. */
final class CustomerEndpoint implements Endpoint {

    /** What all paths here begin with. */
    static final String PATH = "/v1/customers/";

    private final Pages pages;
    private final CustomerFields fields = new CustomerFields();

    CustomerEndpoint(Pages pages) {
        this.pages = pages;
    }

    @Override
    public Mono<Reply> answer(Call call) {
        return Mono.fromCallable(() -> {
            int index = existing(call);
            if (!call.method().equals("GET")) {
                boolean whole = call.method().equals("PUT");
                write(call, index, whole);
            }
            return read(call, index);
        });
    }

    private void write(Call call, int index, boolean whole) {
        if (!pages.data()
                .edits()
                .put(index, call.revision(), fields.read(call.body().copy(), whole))) {
            throw new Problem(507, "overlay_full", "the model API keeps no more changed customers; start it anew");
        }
    }

    private int existing(Call call) {
        String id = call.path().substring(PATH.length());
        int index = ModelStream.CUSTOMERS.indexOf(id);
        RecordReader reader = reader(call);
        if (index < 0 || index >= reader.born() || reader.load(index).deleted) {
            throw new Problem(404, "not_found", "no customer '" + id + "' at revision " + call.revision());
        }
        return index;
    }

    private Reply read(Call call, int index) {
        RecordReader reader = reader(call);
        reader.load(index);
        Bytes out = new Bytes(1024);
        reader.write(out);
        return Reply.ok(out);
    }

    private RecordReader reader(Call call) {
        return pages.data().reader(ModelStream.CUSTOMERS, call.revision());
    }
}

package io.penstock.client;

import io.penstock.decode.Decoder;
import io.penstock.error.PenstockException;
import io.penstock.message.Glimpse;
import io.penstock.message.ResponsePart.Head;
import io.penstock.page.Paging;
import io.penstock.record.Values;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the token of the next page in what has come of a page: in its header section, and in its body as far as the first record.
 * For one thread at a time; {@link #close} from any.
 */
final class Look implements Glimpse {

    /** The body is read in pieces no larger than this, so that no more records than these hold are read twice. */
    private static final int PIECE = 1024;

    /** A token that does not stand in so many bytes is not waited for. */
    private static final int FAR = 64 << 10;

    private final PageRead page;
    private final Consumer<String> found;
    private final Runnable inVain;
    private final Decoder decoder;
    private @Nullable Head head;
    private int seen;

    /**
     * A look at one try.
     *
     * @param found is told the token, once
     * @param inVain is told that the records stand in front of it, as they will in the other pages of this API
     */
    Look(PageRead page, PageRead.Reading reading, Consumer<String> found, Runnable inVain) {
        this.page = page;
        this.found = found;
        this.inVain = inVain;
        this.decoder = reading.another();
    }

    @Override
    public boolean begins(Head first) {
        head = first;
        return !tell(first, Values.NONE) && !page.paging().captures().isEmpty();
    }

    @Override
    public boolean sees(byte[] soFar, int length) {
        try {
            while (seen < length) {
                int end = Math.min(length, seen + PIECE);
                boolean records = decoder.decode(Arrays.copyOfRange(soFar, seen, end), false)
                                .size()
                        > 0;
                seen = end;
                if (head == null || tell(head, decoder.values())) {
                    return false;
                }
                if (records || seen >= FAR) {
                    inVain.run();
                    return false;
                }
            }
            return true;
        } catch (PenstockException broken) {
            return false; // whoever reads the page will say so
        }
    }

    private boolean tell(Head first, Values values) {
        Optional<String> token =
                page.paging().early(new Paging.Seen(page.request(), page.token(), first.headers(), values, 0));
        token.ifPresent(found);
        return token.isPresent();
    }

    void close() {
        decoder.close();
    }
}

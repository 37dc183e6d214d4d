/**
 * Everything that can go wrong, as one closed family sorted by what to do next.
 *
 * <p>Start at {@link io.penstock.error.PenstockException}. Each group is one exit code: come back later, mend the answer, mend
 * the rights, mend the record, mend the sink, mend the state, mend the configuration. Callers ask the type, never a status
 * number and never the text of a message.
 *
 * <p>Messages name what was expected, what was found, where, and what mends it; they hold no query, header, body or secret.
 */
@NullMarked
package io.penstock.error;

import org.jspecify.annotations.NullMarked;

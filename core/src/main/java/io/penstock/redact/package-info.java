/**
 * Takes secrets out of everything that people and files get to see.
 *
 * <p>Start at {@link io.penstock.redact.Redaction}. Two layers work together as the last step before a text leaves: what stands
 * behind a telling name, such as {@code token=}, is masked whatever it is; and every live secret is masked wherever it stands and
 * however it is encoded. Both read a text once from left to right, however many secrets there are.
 *
 * <p>Invariant: no live secret of six bytes or more leaves in one of its forms.
 */
@NullMarked
package io.penstock.redact;

import org.jspecify.annotations.NullMarked;

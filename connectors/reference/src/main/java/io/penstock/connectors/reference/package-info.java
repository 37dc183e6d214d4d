/**
 * The source to copy: reads the model API, one small file a stream.
 *
 * <p>Start at {@link io.penstock.connectors.reference.ReferenceProvider}, which declares the settings; it opens a
 * {@code ReferenceSource}, and each {@code ReferenceStream} says in a few lines how its records are asked for. All waiting,
 * repeating and paging is the client's; cursors are those of {@link io.penstock.source.ChangeWalk}.
 */
@NullMarked
package io.penstock.connectors.reference;

import org.jspecify.annotations.NullMarked;

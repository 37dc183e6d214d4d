/** Records and bodies as objects of the caller's types. */
@NullMarked
package io.penstock.client.typed;

import org.jspecify.annotations.NullMarked;

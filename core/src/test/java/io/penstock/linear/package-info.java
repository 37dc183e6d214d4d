/** Checks of objects that many threads share. */
@NullMarked
package io.penstock.linear;

import org.jspecify.annotations.NullMarked;

/** The model API judged from outside, over real sockets, and its arithmetic judged with literals. */
@NullMarked
package io.penstock.testkit.model;

import org.jspecify.annotations.NullMarked;

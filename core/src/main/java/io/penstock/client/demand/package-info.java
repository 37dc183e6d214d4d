/** When a flux is subscribed to: not before it is asked for, or before anybody has subscribed. */
@NullMarked
package io.penstock.client.demand;

import org.jspecify.annotations.NullMarked;

/** Tests of what every source must pass. */
@NullMarked
package io.penstock.testkit.source;

import org.jspecify.annotations.NullMarked;

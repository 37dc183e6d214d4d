/** Tests of the package of the same name. */
@NullMarked
package io.penstock.testkit.range;

import org.jspecify.annotations.NullMarked;

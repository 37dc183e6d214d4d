/** Tests of the package of the same name. */
@NullMarked
package io.penstock.testkit.model.hostile;

import org.jspecify.annotations.NullMarked;

/** The command line, tried as a person would: through {@code Main.run}, against real servers and files. */
@NullMarked
package io.penstock.cli;

import org.jspecify.annotations.NullMarked;

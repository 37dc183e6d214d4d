/** How the state of connections is shown to people and kept in files. */
@NullMarked
package io.penstock.cli.state;

import org.jspecify.annotations.NullMarked;

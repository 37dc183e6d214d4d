/**
 * A directory that one run at a time writes to: its lock, its state, and the order of its commits.
 *
 * <p>Start at {@link io.penstock.parts.directory.DirectorySink}, which is a sink once it is handed a
 * {@link io.penstock.parts.directory.Target}. The {@link io.penstock.parts.directory.Ledger} keeps what is committed in a
 * {@link io.penstock.parts.directory.StateFile} of two generations, under a {@link io.penstock.parts.directory.DirectoryLock} that
 * ends with its process.
 *
 * <p>Invariant: once a step of a commit has failed, nothing more is written in that run.
 */
@NullMarked
package io.penstock.parts.directory;

import org.jspecify.annotations.NullMarked;

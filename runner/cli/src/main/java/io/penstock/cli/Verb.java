package io.penstock.cli;

import io.penstock.cli.view.Console;
import picocli.CommandLine.Model.CommandSpec;

/** One thing the command line can do. */
interface Verb {

    /** Its name, options and help, built without reflection. */
    CommandSpec spec();

    /**
     * Does it.
     *
     * @return the exit code
     * @throws Exception what the parser turns into one line and a code
     */
    int run(Words words, Console console) throws Exception;
}

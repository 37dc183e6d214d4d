package io.penstock.cli;

import picocli.CommandLine.Model.CommandSpec;

/** What all verbs that take a plan have in common. */
final class PlanWords {

    private PlanWords() {}

    static CommandSpec spec(String verb) {
        return CommandSpec.create()
                .name(verb)
                .addPositional(Words.position(0, "PLAN.yaml", true, "The plan: what to read from where into what."))
                .addOption(Words.text(
                        "--profile",
                        "NAME",
                        "Lay this profile of the plan over it (or PENSTOCK_PROFILE, also in .env)."));
    }
}

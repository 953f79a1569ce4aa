package org.imageferry.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// A command of the program.
abstract class FerryCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    /// The program, however deep the command stands in it.
    final Imageferry program() {
        return (Imageferry) spec.root().userObject();
    }

    /// What this command tries, to come after "cannot".
    abstract String attempt();

    /// @return the exit code
    abstract int run() throws EcsFailure, IOException, CommandFailure;

    @Override
    public final Integer call() throws EcsFailure, IOException, CommandFailure {
        return run();
    }
}

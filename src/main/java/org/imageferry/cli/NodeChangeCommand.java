package org.imageferry.cli;

import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/// A command that takes a node out of work, or back into it.
abstract sealed class NodeChangeCommand extends FerryCommand {
    @Parameters(paramLabel = "NODE", description = "The node's name, as `imageferry node` has it.")
    private String node = "";

    /// What to do with the node, in one word.
    abstract String verb();

    abstract String action();

    /// What is true from now on.
    abstract String outcome();

    @Override
    final String attempt() {
        return verb() + " node " + node;
    }

    @Override
    final int run() throws EcsFailure, CommandFailure {
        ObjectNode answer = program().api().call(Call.own(action()).with("NodeName", node));
        program().print(answer, new Table(node + " " + outcome()));
        return 0;
    }

    @Command(
            name = "drain",
            description = {
                "Lets a node claim nothing more; what it has it ends.",
                "It goes on to answer requests. After its next start it works again."
            })
    static final class Drain extends NodeChangeCommand {
        @Override
        String verb() {
            return "drain";
        }

        @Override
        String action() {
            return "DrainNode";
        }

        @Override
        String outcome() {
            return "claims nothing more";
        }
    }

    @Command(name = "resume", description = "Lets a drained node work again.")
    static final class Resume extends NodeChangeCommand {
        @Override
        String verb() {
            return "resume";
        }

        @Override
        String action() {
            return "ResumeNode";
        }

        @Override
        String outcome() {
            return "works again";
        }
    }
}

package org.imageferry.cli;

import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "encrypt",
        description = "Shows which of the account's new images are encrypted, or says which.")
final class KeyEncryptCommand extends FerryCommand {
    @Parameters(
            arity = "0..1",
            paramLabel = "WHICH",
            description =
                    "asked: those of which it is asked. default: all. always: all, and who asks for"
                            + " a plain copy is refused.")
    private String which = "";

    @Option(
            names = "--key-service",
            paramLabel = "true|false",
            description = "Whether the image service may use the account's keys at all.")
    private String service = "";

    @Override
    String attempt() {
        return "settle what is encrypted";
    }

    @Override
    int run() throws EcsFailure, CommandFailure {
        Call call =
                which.isEmpty() && service.isEmpty()
                        ? Call.own("DescribeEncryption")
                        : CallParts.ifGiven(
                                CallParts.ifGiven(Call.own("ModifyEncryption"), "Encrypt", which),
                                "KeyService",
                                service);
        ObjectNode settings = program().api().call(call);
        Table table = new Table("ENCRYPTED", "KEY SERVICE", "OWN KEYS");
        table.row(
                Api.text(settings, "Encrypt"),
                Api.text(settings, "KeyService"),
                Api.text(settings, "CustomerKeys"));
        program().print(settings, table);
        return 0;
    }
}

package org.imageferry.cli;

import java.util.Map;
import java.util.Optional;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "set",
        description = {"Changes an account; needs an administrator.", "What is not given stays."})
final class AccountSetCommand extends FerryCommand {
    @Parameters(paramLabel = "ACCOUNT", description = "The account's id or name.")
    private String account = "";

    @Option(names = "--name", paramLabel = "NAME", description = "Another name.")
    private String name = "";

    @Option(
            names = "--administrator",
            arity = "1",
            paramLabel = "BOOLEAN",
            description = "Whether it may manage what is all accounts': true or false.")
    private Optional<Boolean> administrator = Optional.empty();

    @Option(
            names = "--customer-keys",
            arity = "1",
            paramLabel = "BOOLEAN",
            description = "Whether it may encrypt with keys of its own: true or false.")
    private Optional<Boolean> customerKeys = Optional.empty();

    @Option(
            names = "--encrypt-by-default",
            arity = "1",
            paramLabel = "BOOLEAN",
            description = "Whether copies are encrypted that do not say: true or false.")
    private Optional<Boolean> encryptByDefault = Optional.empty();

    @Option(
            names = "--public-images",
            arity = "1",
            paramLabel = "BOOLEAN",
            description = "Whether it may make images public: true or false.")
    private Optional<Boolean> publicImages = Optional.empty();

    @Option(
            names = "--quota",
            paramLabel = "NAME=MOST",
            description = "How much it may have, such as images=500; can be given many times.")
    private Map<String, Long> quotas = Map.of();

    @Override
    String attempt() {
        return "change account " + account;
    }

    @Override
    int run() throws EcsFailure, CommandFailure {
        Api api = program().api();
        String id = Api.text(api.account(account), "AccountId");
        Call call = Call.own("ModifyAccount").with("AccountId", id);
        call = CallParts.ifGiven(call, "AccountName", name);
        call = CallParts.ifGiven(call, "Administrator", text(administrator));
        call = CallParts.ifGiven(call, "CustomerKeys", text(customerKeys));
        call = CallParts.ifGiven(call, "EncryptByDefault", text(encryptByDefault));
        call = CallParts.ifGiven(call, "PublicImages", text(publicImages));
        int number = 0;
        for (Map.Entry<String, Long> quota : quotas.entrySet()) {
            number++;
            call =
                    call.with("Quota." + number + ".Name", quota.getKey())
                            .with("Quota." + number + ".Most", quota.getValue());
        }
        api.call(call);
        ObjectNode changed = api.account(id);
        program().print(changed, AccountTables.account(changed));
        return 0;
    }

    private static String text(Optional<Boolean> value) {
        return value.map(Object::toString).orElse("");
    }
}

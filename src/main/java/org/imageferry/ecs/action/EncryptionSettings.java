package org.imageferry.ecs.action;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.imageferry.copy.KeyRequests;
import org.imageferry.domain.KeySettings;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.EcsException;
import org.imageferry.ecs.GatewayErrors;
import org.imageferry.ecs.Parameters;
import org.imageferry.ecs.Prepared;
import org.imageferry.ecs.Touched;
import tools.jackson.databind.node.ObjectNode;

/// Shows, or changes and shows, what the account has settled about encryption.
final class EncryptionSettings implements Action {
    private final KeyRequests keys;
    private final boolean changes;

    private EncryptionSettings(Engine engine, boolean changes) {
        this.keys = engine.keys();
        this.changes = changes;
    }

    static EncryptionSettings show(Engine engine) {
        return new EncryptionSettings(engine, false);
    }

    static EncryptionSettings change(Engine engine) {
        return new EncryptionSettings(engine, true);
    }

    @Override
    public Api api() {
        return Api.FERRY;
    }

    @Override
    public String name() {
        return changes ? "ModifyEncryption" : "DescribeEncryption";
    }

    @Override
    public boolean spendsNonce() {
        return changes;
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        if (!changes) {
            return new Prepared(
                    Touched.anything(), () -> tree(keys.settings(request.caller().account())));
        }
        Optional<Boolean> service = request.parameters().flag("KeyService");
        Optional<KeySettings.Encrypt> encrypt = encrypt(request.parameters());
        return new Prepared(
                Touched.anything(), () -> tree(keys.settle(request.caller(), service, encrypt)));
    }

    private static Optional<KeySettings.Encrypt> encrypt(Parameters parameters) {
        return parameters
                .find("Encrypt")
                .map(text ->
                        Arrays.stream(KeySettings.Encrypt.values())
                                .filter(value -> word(value).equals(text))
                                .findFirst()
                                .orElseThrow(EncryptionSettings::unfit));
    }

    private static EcsException unfit() {
        String words =
                Arrays.stream(KeySettings.Encrypt.values())
                        .map(EncryptionSettings::word)
                        .collect(Collectors.joining(", "));
        return new EcsException(
                GatewayErrors.PARAMETER_FORMAT.advising("Encrypt is one of " + words + "."));
    }

    private static String word(KeySettings.Encrypt encrypt) {
        return encrypt.name().toLowerCase(Locale.ROOT);
    }

    private static ObjectNode tree(KeySettings settings) {
        ObjectNode tree = Trees.tree();
        tree.put("Encrypt", word(settings.encrypt()));
        tree.put("KeyService", settings.service());
        tree.put("CustomerKeys", settings.customerKeys());
        return tree;
    }
}

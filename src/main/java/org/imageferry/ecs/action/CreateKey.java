package org.imageferry.ecs.action;

import org.imageferry.copy.KeyRequests;
import org.imageferry.copy.RegionMap;
import org.imageferry.domain.RegionId;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.EcsException;
import org.imageferry.ecs.KeyErrors;
import org.imageferry.ecs.Parameters;
import org.imageferry.ecs.Prepared;

/// Makes a key. Source: KMS API 2016-01-20, CreateKey.
///
/// There is one kind of key here: AES-256, of our own making, in software, for encryption, without
/// rotation. Other parameters may say so; to ask for another kind is refused.
final class CreateKey implements KeyAction {
    private static final int MOST_DESCRIPTION_CHARS = 8_192;

    private final KeyRequests keys;
    private final RegionMap regions;

    CreateKey(Engine engine) {
        this.keys = engine.keys();
        this.regions = engine.regions();
    }

    @Override
    public String name() {
        return "CreateKey";
    }

    @Override
    public boolean spendsNonce() {
        return true;
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        Parameters parameters = request.parameters();
        RegionId region = Asked.region(parameters, regions);
        String description = parameters.text("Description");
        if (description.length() > MOST_DESCRIPTION_CHARS) {
            throw unfit("Description", "at most " + MOST_DESCRIPTION_CHARS + " characters");
        }
        only(parameters, "KeyUsage", "ENCRYPT/DECRYPT");
        only(parameters, "KeySpec", "Aliyun_AES_256");
        only(parameters, "Origin", "Aliyun_KMS");
        only(parameters, "ProtectionLevel", "SOFTWARE");
        only(parameters, "EnableAutomaticRotation", "false");
        return new Prepared(
                KeyAction.keys(region),
                () -> KeyTree.metadata(keys.create(request.caller(), region, description)));
    }

    private static void only(Parameters parameters, String name, String value) {
        if (parameters.find(name).filter(text -> !text.equalsIgnoreCase(value)).isPresent()) {
            throw unfit(name, value);
        }
    }

    private static EcsException unfit(String name, String allowed) {
        return new EcsException(KeyErrors.PARAMETER.advising(name + " can be " + allowed + "."));
    }
}

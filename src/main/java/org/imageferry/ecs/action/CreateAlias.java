package org.imageferry.ecs.action;

import org.imageferry.copy.KeyRequests;
import org.imageferry.copy.RegionMap;
import org.imageferry.domain.KeyAlias;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Prepared;

/// Gives a key another name. Source: KMS API 2016-01-20, CreateAlias.
final class CreateAlias implements KeyAction {
    private final KeyRequests keys;
    private final RegionMap regions;

    CreateAlias(Engine engine) {
        this.keys = engine.keys();
        this.regions = engine.regions();
    }

    @Override
    public String name() {
        return "CreateAlias";
    }

    @Override
    public boolean spendsNonce() {
        return true;
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        KeyRequests.Named key = KeyAction.key(request.parameters(), regions);
        KeyAlias alias = new KeyAlias(request.parameters().require("AliasName"));
        return new Prepared(
                KeyAction.touched(key),
                () -> {
                    keys.createAlias(request.caller(), alias, key);
                    return Trees.tree();
                });
    }
}

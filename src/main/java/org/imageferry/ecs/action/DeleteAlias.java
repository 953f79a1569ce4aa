package org.imageferry.ecs.action;

import org.imageferry.copy.KeyRequests;
import org.imageferry.copy.RegionMap;
import org.imageferry.domain.KeyAlias;
import org.imageferry.domain.RegionId;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Prepared;
import org.imageferry.ecs.Touched;

/// Takes a name from a key. Source: KMS API 2016-01-20, DeleteAlias.
final class DeleteAlias implements KeyAction {
    private final KeyRequests keys;
    private final RegionMap regions;

    DeleteAlias(Engine engine) {
        this.keys = engine.keys();
        this.regions = engine.regions();
    }

    @Override
    public String name() {
        return "DeleteAlias";
    }

    @Override
    public boolean spendsNonce() {
        return true;
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        RegionId region = Asked.region(request.parameters(), regions);
        KeyAlias alias = new KeyAlias(request.parameters().require("AliasName"));
        return new Prepared(
                new Touched(region.value(), alias.value()),
                () -> {
                    keys.deleteAlias(request.caller(), region, alias);
                    return Trees.tree();
                });
    }
}

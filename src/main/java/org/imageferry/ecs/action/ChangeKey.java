package org.imageferry.ecs.action;

import org.imageferry.copy.Caller;
import org.imageferry.copy.KeyRequests;
import org.imageferry.copy.RegionMap;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.Prepared;

/// The actions that change a key and have no more to ask or to answer. Source: KMS API 2016-01-20,
/// EnableKey, DisableKey, CancelKeyDeletion. GrantKey and RevokeKey are ours: they say whether the image
/// service may use the key.
final class ChangeKey implements KeyAction {
    private final Api api;
    private final String name;
    private final Change change;
    private final RegionMap regions;

    private interface Change {
        void make(Caller caller, KeyRequests.Named key);
    }

    private ChangeKey(Engine engine, Api api, String name, Change change) {
        this.api = api;
        this.name = name;
        this.change = change;
        this.regions = engine.regions();
    }

    static ChangeKey enable(Engine engine) {
        return new ChangeKey(engine, Api.KMS, "EnableKey", engine.keys()::enable);
    }

    static ChangeKey disable(Engine engine) {
        return new ChangeKey(engine, Api.KMS, "DisableKey", engine.keys()::disable);
    }

    static ChangeKey cancelDeletion(Engine engine) {
        return new ChangeKey(engine, Api.KMS, "CancelKeyDeletion", engine.keys()::cancelDeletion);
    }

    static ChangeKey grant(Engine engine) {
        return new ChangeKey(
                engine,
                Api.FERRY,
                "GrantKey",
                (caller, key) -> engine.keys().grant(caller, key, true));
    }

    static ChangeKey revoke(Engine engine) {
        return new ChangeKey(
                engine,
                Api.FERRY,
                "RevokeKey",
                (caller, key) -> engine.keys().grant(caller, key, false));
    }

    @Override
    public Api api() {
        return api;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean spendsNonce() {
        return true;
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        KeyRequests.Named key = KeyAction.key(request.parameters(), regions);
        return new Prepared(
                KeyAction.touched(key),
                () -> {
                    change.make(request.caller(), key);
                    return Trees.tree();
                });
    }
}

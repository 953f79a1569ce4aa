package org.imageferry.ecs.action;

import org.imageferry.copy.KeyRequests;
import org.imageferry.copy.RegionMap;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Prepared;

/// Shows a key. Source: KMS API 2016-01-20, DescribeKey.
final class DescribeKey implements KeyAction {
    private final KeyRequests keys;
    private final RegionMap regions;

    DescribeKey(Engine engine) {
        this.keys = engine.keys();
        this.regions = engine.regions();
    }

    @Override
    public String name() {
        return "DescribeKey";
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        KeyRequests.Named key = KeyAction.key(request.parameters(), regions);
        return new Prepared(
                KeyAction.touched(key),
                () -> KeyTree.metadata(keys.describe(request.caller().account(), key)));
    }
}

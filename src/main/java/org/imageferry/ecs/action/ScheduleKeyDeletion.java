package org.imageferry.ecs.action;

import org.imageferry.copy.KeyRequests;
import org.imageferry.copy.RegionMap;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.EcsException;
import org.imageferry.ecs.KeyErrors;
import org.imageferry.ecs.Prepared;

/// Has a key deleted after a time. Source: KMS API 2016-01-20, ScheduleKeyDeletion.
final class ScheduleKeyDeletion implements KeyAction {
    private final KeyRequests keys;
    private final RegionMap regions;

    ScheduleKeyDeletion(Engine engine) {
        this.keys = engine.keys();
        this.regions = engine.regions();
    }

    @Override
    public String name() {
        return "ScheduleKeyDeletion";
    }

    @Override
    public boolean spendsNonce() {
        return true;
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        KeyRequests.Named key = KeyAction.key(request.parameters(), regions);
        String text = request.parameters().require("PendingWindowInDays");
        if (!text.matches("[0-9]{1,4}")) {
            throw new EcsException(
                    KeyErrors.PARAMETER.advising("PendingWindowInDays is a number, 7 to 366."));
        }
        int days = Integer.parseInt(text);
        return new Prepared(
                KeyAction.touched(key),
                () -> {
                    keys.scheduleDeletion(request.caller(), key, days);
                    return Trees.tree();
                });
    }
}

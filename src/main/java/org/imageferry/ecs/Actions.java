package org.imageferry.ecs;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The actions that are served, by version and name.
public final class Actions {
    private final Map<String, Map<String, Action>> versions = new HashMap<>();

    public Actions(List<Action> actions) {
        for (Action action : actions) {
            Action before =
                    versions.computeIfAbsent(action.version(), _ -> new HashMap<>())
                            .put(action.name(), action);
            if (before != null) {
                throw new IllegalArgumentException("two actions are called " + action.name());
            }
        }
    }

    /// @throws EcsException `InvalidVersion` or `InvalidAction.NotFound`
    Action find(String version, String name) {
        Map<String, Action> actions = versions.get(version);
        if (actions == null) {
            throw new EcsException(
                    EcsErrors.UNKNOWN_VERSION.advising(
                            "Versions are " + Action.ECS + " and " + Action.FERRY + "."));
        }
        Action action = actions.get(name);
        if (action == null) {
            throw new EcsException(
                    EcsErrors.UNKNOWN_ACTION.advising(
                            "docs/reference/api.md lists the actions of version " + version + "."));
        }
        return action;
    }
}

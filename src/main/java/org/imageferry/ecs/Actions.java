package org.imageferry.ecs;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The actions that are served, by version and name.
public final class Actions {
    private final Map<String, Map<String, Action>> versions = new HashMap<>();

    public Actions(List<Action> actions) {
        for (Action action : actions) {
            Action before =
                    versions.computeIfAbsent(action.api().version(), _ -> new HashMap<>())
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
            throw new EcsException(GatewayErrors.UNKNOWN_VERSION.advising(versions()));
        }
        Action action = actions.get(name);
        if (action == null) {
            throw new EcsException(
                    GatewayErrors.UNKNOWN_ACTION.advising(
                            "docs/reference/api.md lists the actions of version " + version + "."));
        }
        return action;
    }

    private static String versions() {
        return Stream.of(Api.values())
                .map(api -> api.version() + " (" + api.product() + ")")
                .collect(Collectors.joining(", ", "Versions are ", "."));
    }
}

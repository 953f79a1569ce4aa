package org.imageferry.console;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.imageferry.access.Principal;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.Desk;
import org.imageferry.ecs.EcsException;
import org.imageferry.ecs.Edge;
import org.imageferry.ecs.Parameters;
import org.imageferry.ecs.Proved;
import tools.jackson.databind.JsonNode;

/// Asks actions as the one who is logged in. All failures are those that the API would tell.
///
/// @param host that the browser called
/// @param requestIds a new one each time
record Asker(Desk desk, Principal principal, String host, Supplier<String> requestIds) {
    private interface Question {
        JsonNode ask(ActionRequest request) throws Exception;
    }

    /// @param parameters names and values by turns
    /// @throws EcsException if it is refused, or failed
    JsonNode look(Api api, String action, String... parameters) {
        return ask("", parameters, request -> desk.look(api, action, request));
    }

    JsonNode ecs(String action, String... parameters) {
        return look(Api.ECS, action, parameters);
    }

    JsonNode own(String action, String... parameters) {
        return look(Api.FERRY, action, parameters);
    }

    /// @param nonce of the form: what was sent twice is done once
    /// @throws EcsException if it is refused, or failed
    void change(String nonce, Api api, String action, String... parameters) {
        ask(nonce, parameters, request -> desk.answer(api.version(), action, request));
    }

    private JsonNode ask(String nonce, String[] parameters, Question question) {
        try {
            ActionRequest request =
                    new ActionRequest(
                            Proved.within(principal, nonce), parameters(parameters), host);
            return question.ask(request);
        } catch (Exception e) {
            throw new EcsException(Edge.errorFor(e, requestIds.get()));
        }
    }

    private static Parameters parameters(String[] pairs) {
        Map<String, String> all = new TreeMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            all.put(pairs[i], pairs[i + 1]);
        }
        return Parameters.of(all);
    }
}

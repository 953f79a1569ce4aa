package org.imageferry.console;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.imageferry.access.Principal;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.CallWatch;
import org.imageferry.ecs.Desk;
import org.imageferry.ecs.EcsError;
import org.imageferry.ecs.EcsException;
import org.imageferry.ecs.Edge;
import org.imageferry.ecs.Head;
import org.imageferry.ecs.Parameters;
import org.imageferry.ecs.Proved;
import org.imageferry.ecs.Trail;
import tools.jackson.databind.JsonNode;

/// Asks actions as the one who is logged in. All failures are those that the API would tell.
///
/// @param watch is told of each call, as of those that come over the wire
/// @param head of the browser's request
/// @param requestIds a new one each time
record Asker(
        Desk desk, CallWatch watch, Principal principal, Head head, Supplier<String> requestIds) {
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
        CallWatch.Ending ending = watch.begin();
        Trail trail = Trail.of(requestIds.get(), head);
        Proved sender = Proved.within(principal, nonce);
        trail.proves(sender);
        JsonNode answer;
        try {
            answer =
                    question.ask(
                            new ActionRequest(sender, parameters(parameters), head.host(), trail));
        } catch (Exception e) {
            EcsError error = Edge.errorFor(e, trail.requestId());
            ending.ended(trail, error.status(), error.code());
            throw new EcsException(error);
        }
        ending.ended(trail, 200, CallWatch.OK);
        return answer;
    }

    private static Parameters parameters(String[] pairs) {
        Map<String, String> all = new TreeMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            all.put(pairs[i], pairs[i + 1]);
        }
        return Parameters.of(all);
    }
}

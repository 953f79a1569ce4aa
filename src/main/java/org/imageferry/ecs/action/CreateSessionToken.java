package org.imageferry.ecs.action;

import java.time.Duration;
import java.util.Optional;
import org.imageferry.access.Principal;
import org.imageferry.access.Sessions;
import org.imageferry.domain.User;
import org.imageferry.domain.UserName;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.Parameters;
import org.imageferry.ecs.Prepared;
import tools.jackson.databind.node.ObjectNode;

/// Gives temporary credentials for the caller itself or a user of its account. Nothing is stored, so its
/// nonce is kept in memory. Ours, after STS's AssumeRole.
final class CreateSessionToken implements Action {
    private final Sessions sessions;

    CreateSessionToken(Engine engine) {
        this.sessions = engine.accounts().sessions();
    }

    @Override
    public Api api() {
        return Api.FERRY;
    }

    @Override
    public String name() {
        return "CreateSessionToken";
    }

    @Override
    public boolean changes() {
        return true;
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        Principal by = request.principal();
        Optional<UserName> user = request.parameters().find("UserName").map(UserName::new);
        Optional<String> policy = request.parameters().find("Policy");
        Duration lasting = lasting(request.parameters());
        Whose whose = new Whose(Optional.empty(), user.or(() -> by.user().map(User::name)));
        return new Prepared(
                whose.touched(by), () -> write(sessions.issue(by, user, policy, lasting)));
    }

    private static Duration lasting(Parameters parameters) {
        return Duration.ofSeconds(
                parameters.number(
                        "DurationSeconds",
                        Sessions.SHORTEST.toSeconds(),
                        Sessions.LONGEST.toSeconds(),
                        Duration.ofHours(1).toSeconds()));
    }

    private static ObjectNode write(Sessions.Issued issued) {
        ObjectNode tree = Trees.tree();
        tree.putObject("Credentials")
                .put("AccessKeyId", issued.accessKey())
                .put("AccessKeySecret", issued.secret().value())
                .put("SecurityToken", issued.token())
                .put("Expiration", Times.seconds(issued.expires()));
        return tree;
    }
}

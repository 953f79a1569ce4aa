package org.imageferry.ecs.action;

import java.util.Optional;
import org.imageferry.access.Principal;
import org.imageferry.domain.User;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.Prepared;
import org.imageferry.ecs.Touched;
import tools.jackson.databind.node.ObjectNode;

/// Tells in whose name a request was signed. Temporary credentials are those of the account or user that
/// they were made for. Source: STS API 2015-04-01, GetCallerIdentity, for which nobody needs a policy.
final class GetCallerIdentity implements Action {
    @Override
    public Api api() {
        return Api.STS;
    }

    @Override
    public String name() {
        return "GetCallerIdentity";
    }

    @Override
    public Audience audience() {
        return Audience.EVERYBODY;
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        return new Prepared(Touched.anything(), () -> tell(request.principal()));
    }

    private static ObjectNode tell(Principal by) {
        String account = by.id().value();
        Optional<User> user = by.user();
        String id = user.map(it -> it.id().value()).orElse(account);
        String who = user.map(it -> "user/" + it.name()).orElse("root");
        return Trees.tree()
                .put("IdentityType", user.isPresent() ? "RAMUser" : "Account")
                .put("AccountId", account)
                .put("PrincipalId", id)
                .put("UserId", id)
                .put("Arn", "acs:ram::" + account + ":" + who);
    }
}

package org.imageferry.access;

import java.util.List;
import java.util.Locale;

/// What a policy document says. Source: RAM, "Policy structure and syntax".
///
/// @see PolicyDocuments
public record Policy(List<Statement> statements) {
    public Policy {
        statements = List.copyOf(statements);
    }

    enum Effect {
        Allow,
        Deny
    }

    /// @param actions such as `ecs:Describe*`, in lower case: which of them is meant does not hang on the
    ///     case of its letters
    record Statement(Effect effect, List<Wildcard> actions, List<ResourcePattern> resources) {
        Statement {
            actions = List.copyOf(actions);
            resources = List.copyOf(resources);
        }

        /// A denial holds wherever it might be meant; what is allowed must be meant for sure.
        private boolean isAbout(String action, Resource resource) {
            String lower = action.toLowerCase(Locale.ROOT);
            return actions.stream().anyMatch(it -> it.matches(lower))
                    && resources.stream()
                            .anyMatch(it ->
                                    switch (effect) {
                                        case Allow -> it.matches(resource);
                                        case Deny -> it.mayMatch(resource);
                                    });
        }
    }

    boolean says(Effect effect, String action, Resource resource) {
        return statements.stream()
                .anyMatch(it -> it.effect() == effect && it.isAbout(action, resource));
    }
}

package org.imageferry.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads policy documents. What is not understood is refused: a condition that was ignored would allow
/// more than its author meant.
///
/// A document is a JSON object with `Version`, which is `1`, and `Statement`, a list; a statement has
/// `Effect` (`Allow` or `Deny`), `Action` and `Resource`, each a text or a list of texts. Source: RAM,
/// "Policy structure and syntax"; the bound on its length is that of CreatePolicy.
public final class PolicyDocuments {
    public static final int MOST_CHARS = 6_144;
    private static final int MOST_STATEMENTS = 50;
    private static final int MOST_PATTERN_CHARS = 512;
    private static final Pattern ACTION = Pattern.compile("\\*|[A-Za-z0-9*?-]+:[A-Za-z0-9*?]+");

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private PolicyDocuments() {}

    /// @throws RefusedException `MalformedPolicy` with the reason
    public static Policy parse(String document) {
        if (document.length() > MOST_CHARS) {
            throw refused("it has more than " + MOST_CHARS + " characters");
        }
        JsonNode root = read(document);
        fields(root, "the document", Set.of("Version", "Statement"));
        if (!text(root.path("Version"), "Version").equals("1")) {
            throw refused("its Version must be \"1\"");
        }
        JsonNode list = root.path("Statement");
        if (!list.isArray() || list.isEmpty() || list.size() > MOST_STATEMENTS) {
            throw refused("Statement must be a list of 1 to " + MOST_STATEMENTS);
        }
        return new Policy(list.valueStream().map(PolicyDocuments::statement).toList());
    }

    private static JsonNode read(String document) {
        try {
            return JSON.readTree(document);
        } catch (JacksonException e) {
            throw refused("it is no JSON: " + e.getOriginalMessage());
        }
    }

    private static Policy.Statement statement(JsonNode node) {
        fields(node, "a statement", Set.of("Effect", "Action", "Resource"));
        return new Policy.Statement(
                effect(text(node.path("Effect"), "Effect")),
                each(node.path("Action"), "Action", PolicyDocuments::action),
                each(node.path("Resource"), "Resource", PolicyDocuments::resource));
    }

    /// All of them must be there, and no others.
    private static void fields(JsonNode node, String what, Set<String> known) {
        if (!node.isObject()) {
            throw refused(what + " must be an object");
        }
        for (String name : node.propertyNames()) {
            if (!known.contains(name)) {
                throw refused(name + " is not supported in " + what);
            }
        }
        if (node.size() < known.size()) {
            throw refused(what + " must have all of " + known.stream().sorted().toList());
        }
    }

    private static String text(JsonNode node, String what) {
        if (!node.isString()) {
            throw refused(what + " must be a text");
        }
        return node.stringValue();
    }

    private static Policy.Effect effect(String text) {
        return switch (text) {
            case "Allow" -> Policy.Effect.Allow;
            case "Deny" -> Policy.Effect.Deny;
            default -> throw refused("Effect must be Allow or Deny, not \"" + text + "\"");
        };
    }

    private static <T> List<T> each(JsonNode node, String what, Function<String, T> type) {
        List<JsonNode> all = node.isArray() ? node.valueStream().toList() : List.of(node);
        if (all.isEmpty()) {
            throw refused(what + " must name one at least");
        }
        List<T> values = new ArrayList<>();
        for (JsonNode one : all) {
            String text = text(one, what);
            if (text.length() > MOST_PATTERN_CHARS) {
                throw refused(what + " has more than " + MOST_PATTERN_CHARS + " characters");
            }
            values.add(type.apply(text));
        }
        return values;
    }

    private static Wildcard action(String text) {
        if (!ACTION.matcher(text).matches()) {
            throw refused("Action must be * or like ecs:Describe*, not \"" + text + "\"");
        }
        return new Wildcard(text.toLowerCase(Locale.ROOT));
    }

    private static ResourcePattern resource(String text) {
        return ResourcePattern.parse(text)
                .orElseThrow(() ->
                        refused(
                                "Resource must be * or acs:PRODUCT:REGION:ACCOUNT:PATH, not \""
                                        + text
                                        + "\""));
    }

    private static RefusedException refused(String reason) {
        return new RefusedException(new Refusal.Access.MalformedPolicy(reason));
    }
}

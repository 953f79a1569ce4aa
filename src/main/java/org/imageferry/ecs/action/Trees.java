package org.imageferry.ecs.action;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Makes the trees of answers.
final class Trees {
    private Trees() {}

    static ObjectNode tree() {
        return JsonNodeFactory.instance.objectNode();
    }

    /// A list within its wrapper, which is there even when the list is empty: clients count on it.
    static ArrayNode list(ObjectNode in, String wrapper, String item) {
        return in.putObject(wrapper).putArray(item);
    }
}

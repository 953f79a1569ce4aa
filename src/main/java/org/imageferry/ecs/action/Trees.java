package org.imageferry.ecs.action;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Makes the trees of answers.
final class Trees {
    private static final JsonNodeFactory NODES = new Nodes();

    private Trees() {}

    private static final class Nodes extends JsonNodeFactory {
        private static final long serialVersionUID = 1;

        @Override
        public ObjectNode objectNode() {
            return new ObjectNode(this, new FewFields());
        }
    }

    static ObjectNode tree() {
        return NODES.objectNode();
    }

    /// A list within its wrapper, which is there even when the list is empty: clients count on it.
    static ArrayNode list(ObjectNode in, String wrapper, String item) {
        return in.putObject(wrapper).putArray(item);
    }
}

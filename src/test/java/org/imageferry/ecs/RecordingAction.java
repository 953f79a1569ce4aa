package org.imageferry.ecs;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// An action that remembers what it was asked, and does as it is told.
final class RecordingAction implements Action {
    final List<ActionRequest> asked = new ArrayList<>();
    private final String name;
    private final boolean change;
    Supplier<ObjectNode> answer = () -> JsonNodeFactory.instance.objectNode().put("Done", true);

    RecordingAction(String name, boolean change) {
        this.name = name;
        this.change = change;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean spendsNonce() {
        return change;
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        return new Prepared(Touched.anything(), () -> answer(request));
    }

    private synchronized ObjectNode answer(ActionRequest request) {
        asked.add(request);
        return answer.get();
    }
}

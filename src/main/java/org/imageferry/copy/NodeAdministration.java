package org.imageferry.copy;

import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;

/// Takes an administrator's requests about the nodes of the installation.
public final class NodeAdministration {
    private final Changes changes;

    public NodeAdministration(Changes changes) {
        this.changes = changes;
    }

    /// @param draining whether the node is to claim nothing more; what it has it ends
    /// @throws RefusedException `UnknownNode`
    public void drain(Caller caller, String node, boolean draining) {
        changes.make(
                caller,
                tables -> {
                    if (!tables.nodes().drain(node, draining)) {
                        throw new RefusedException(new Refusal.UnknownNode(node));
                    }
                    return node;
                });
    }
}

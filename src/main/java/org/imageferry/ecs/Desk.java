package org.imageferry.ecs;

import org.imageferry.domain.RefusedException;
import org.imageferry.store.StoreException;
import tools.jackson.databind.node.ObjectNode;

/// The one way to an action once its sender is proved: what the sender may do, how much it has sent,
/// and that a request counts once are decided here, whoever brings the request.
///
/// Any number of threads may ask.
public final class Desk {
    private final Replays replays;
    private final Gate gate;
    private final Actions actions;

    public Desk(Replays replays, Gate gate, Actions actions) {
        this.replays = replays;
        this.gate = gate;
        this.actions = actions;
    }

    /// Carries out a request that counts once: its nonce is spent.
    ///
    /// @param version of the API, which with the action's name says which action is meant
    /// @return what the answer holds besides the request's id
    /// @throws EcsException if it is refused, in the action's own words; nothing was changed
    public ObjectNode answer(String version, String name, ActionRequest request)
            throws StoreException {
        Action action = actions.find(version, name);
        return answer(
                action,
                request,
                work -> {
                    if (action.spendsNonce()) {
                        return replays.once(request.caller(), work::answer);
                    }
                    replays.spend(request.caller());
                    return work.answer();
                });
    }

    /// Carries out a request of somebody within this process, that only reads: nobody else can send it
    /// again, so no nonce needs to be remembered.
    ///
    /// @throws EcsException as in [#answer]
    public ObjectNode look(Api api, String name, ActionRequest request) throws StoreException {
        Action action = actions.find(api.version(), name);
        if (action.spendsNonce()) {
            throw new IllegalArgumentException(name + " changes something");
        }
        return answer(action, request, Prepared.Work::answer);
    }

    private interface Way {
        ObjectNode go(Prepared.Work work) throws StoreException;
    }

    private ObjectNode answer(Action action, ActionRequest request, Way way) throws StoreException {
        try {
            request.trail().asks(action.api().product(), action.name(), action.changes());
            Owners.check(request.parameters(), request.principal());
            Prepared prepared = action.prepare(request);
            request.trail().touches(prepared.touches());
            gate.admit(request.principal(), action, prepared.touches());
            return way.go(prepared.work());
        } catch (RefusedException e) {
            throw new EcsException(action.error(e.refusal()));
        }
    }
}

package org.imageferry.cli;

import org.imageferry.ecs.client.Pause;

/// Ctrl-C and its kin: a wait ends at once then, and whoever has something to say or to tidy gets to do it.
public interface Interruption extends Pause {
    boolean happened();

    /// Has `last` run when the program is interrupted, unless the guard was closed before. The guard
    /// that was set last runs first.
    Guard onInterrupt(Runnable last);

    /// Until the guard is closed Ctrl-C is how the program is meant to end: then it ends with 0.
    Guard endsWell();

    /// Ends what [#onInterrupt] or [#endsWell] began.
    interface Guard extends AutoCloseable {
        @Override
        void close();
    }
}

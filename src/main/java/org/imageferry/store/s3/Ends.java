package org.imageferry.store.s3;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Waits for others' work to end, whatever comes: as long as it goes on it uses what is to be given
/// away.
final class Ends {
    private Ends() {}

    /// Returns when the task has ended, however it did. An interrupt is put off until then.
    static void await(FutureTask<?> task) {
        boolean interrupted = false;
        while (!task.isDone()) {
            try {
                task.get();
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException e) {
                break; // who began it asks for the reason
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

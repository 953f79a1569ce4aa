package org.imageferry.copy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.imageferry.blocks.DamagedException;
import org.imageferry.domain.Progress;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.Task;
import org.imageferry.domain.Work;
import org.imageferry.kms.KmsException;
import org.imageferry.store.StoreException;

/// A task that is claimed and done as a whole: an export or a verification.
final class WholeTask {
    private final Workshop shop;
    private final Task task;
    private final Lease lease;

    private WholeTask(Workshop shop, Task task, long claim) {
        this.shop = shop;
        this.task = task;
        this.lease = shop.leases().of(shop.catalog(), claim);
    }

    /// Something that can fail in the ways that tasks do.
    interface Steps {
        void run() throws Exception;
    }

    static Optional<WholeTask> claim(Workshop shop, Region region, Work.Action action) {
        List<Task> running =
                shop.catalog().read(tables -> tables.tasks().running(region.id(), action));
        for (Task task : running) {
            Optional<Long> claim =
                    shop.catalog()
                            .write(tables -> {
                                tables.claims().expire();
                                return TaskEnds.running(tables, task.id())
                                        .flatMap(_ ->
                                                tables.claims()
                                                        .claimTask(
                                                                task.id(),
                                                                shop.node(),
                                                                tables.now()
                                                                        .plus(
                                                                                shop.leases()
                                                                                        .length())));
                            });
            if (claim.isPresent()) {
                return Optional.of(new WholeTask(shop, task, claim.get()));
            }
        }
        return Optional.empty();
    }

    Task task() {
        return task;
    }

    Lease lease() {
        return lease;
    }

    /// Says how many bytes there are to deal with. Never less than an earlier try said: what it has
    /// counted stays counted.
    void total(long bytes) throws ClaimLostException {
        boolean held =
                shop.catalog()
                        .write(tables -> {
                            Optional<Task> now = TaskEnds.running(tables, task.id());
                            if (now.isEmpty() || !lease.renewIn(tables)) {
                                return false;
                            }
                            long total = Math.max(bytes, now.get().progress().total());
                            tables.tasks().addProgress(task.id(), new Progress(total, 0, 0, 0));
                            return true;
                        });
        if (!held) {
            throw new ClaimLostException(lease.claim());
        }
    }

    /// Does the steps, and ends the task with their outcome if the claim is still ours.
    void run(Steps steps) {
        try (lease) {
            steps.run();
            end(Optional.empty());
        } catch (ClaimLostException e) {
            // cancelled, or overtaken: the end is somebody else's
        } catch (StoreException
                | DamagedException
                | KmsException
                | IOException
                | UncheckedIOException
                | RefusedException e) {
            end(Optional.of(String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            throw new IllegalStateException("task " + task.id(), e);
        }
    }

    private void end(Optional<String> failure) {
        shop.catalog()
                .write(tables -> {
                    Optional<Task> now = TaskEnds.running(tables, task.id());
                    if (now.isPresent() && lease.renewIn(tables)) {
                        failure.ifPresentOrElse(
                                reason -> TaskEnds.fail(tables, now.get(), reason),
                                () -> TaskEnds.done(tables, now.get()));
                    }
                    return task.id();
                });
    }
}

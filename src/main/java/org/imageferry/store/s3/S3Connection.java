package org.imageferry.store.s3;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.imageferry.store.StoreException;
import org.imageferry.store.StoreException.Kind;
import org.imageferry.store.Timing;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.s3.S3Client;

/// Makes requests to one server: as many at once as the window lets through, each again while that can
/// help. Any number of threads may call.
public final class S3Connection implements AutoCloseable {
    /// How much longer than others we wait after a request to slow down.
    private static final int SLOWER = 4;

    private final S3Place place;
    private final S3Login login;
    private final S3Limits limits;
    private final Timing timing;
    private final S3Watch watch;
    private final RequestGate gate;
    private final S3Counts counts = new S3Counts();
    private final Object opening = new Object();
    private volatile @Nullable S3Client client;

    /// One that nobody watches.
    public S3Connection(S3Place place, S3Login login, S3Limits limits, Timing timing) {
        this(place, login, limits, timing, S3Watch.NONE);
    }

    /// Nothing is loaded nor asked before the first request.
    ///
    /// @param watch is told of each request
    public S3Connection(
            S3Place place, S3Login login, S3Limits limits, Timing timing, S3Watch watch) {
        this.place = place;
        this.login = login;
        this.limits = limits;
        this.timing = timing;
        this.watch = watch;
        this.gate = new RequestGate(limits.requests(), timing);
    }

    /// A request, to be made once.
    interface Call<T> {
        T run(S3Client client) throws Exception;
    }

    public S3Place place() {
        return place;
    }

    long nanos() {
        return timing.nanos();
    }

    public S3Counts counts() {
        return counts;
    }

    /// @param tried such as `read segments/3f/3f09`
    /// @param bytes of content that the request carries
    <T> T call(S3Operation operation, String tried, long bytes, Call<T> call)
            throws StoreException {
        long start = timing.nanos();
        for (int tries = 1; ; tries++) {
            try {
                return once(operation, bytes, call);
            } catch (StoreException e) {
                throw e;
            } catch (Exception e) {
                S3Failure failure = S3Failure.of(e);
                Duration wait = wait(failure, tries);
                boolean late =
                        timing.nanos() - start + wait.toNanos() > limits.together().toNanos();
                if (!failure.again() || tries >= limits.tries() || late) {
                    throw failure.exception(tried, place, tries, e);
                }
                rest(tried, wait);
            }
        }
    }

    private <T> T once(S3Operation operation, long bytes, Call<T> call) throws Exception {
        S3Client ready = client();
        gate.enter();
        counts.made(operation);
        long begun = timing.nanos();
        S3Watch.Outcome outcome = S3Watch.Outcome.UNANSWERED;
        Consumer<RequestGate> leaving = RequestGate::leaveFailed;
        try {
            T answer = call.run(ready);
            counts.carried(bytes);
            leaving = it -> it.leave(bytes);
            outcome = S3Watch.Outcome.OK;
            return answer;
        } catch (ApiCallTimeoutException e) {
            leaving = RequestGate::leaveThrottled; // too many share a link that is slow
            throw e;
        } catch (AwsServiceException e) {
            outcome = S3Watch.Outcome.REFUSED;
            if (S3Failure.of(e).throttled()) {
                outcome = S3Watch.Outcome.THROTTLED;
                leaving = RequestGate::leaveThrottled;
            }
            throw e;
        } finally {
            watch.asked(operation, outcome, timing.nanos() - begun);
            leaving.accept(gate);
        }
    }

    /// Twice as long each time, and by chance up to half of that less: or all who were refused together
    /// would come back together.
    private Duration wait(S3Failure failure, int tries) {
        long doubled = limits.firstWait().toNanos() << Math.min(tries - 1, 20);
        long nanos = failure.throttled() ? doubled * SLOWER : doubled;
        long most = Math.min(nanos, limits.longestWait().toNanos());
        return Duration.ofNanos(most - (long) (most / 2.0 * timing.chance()));
    }

    private void rest(String tried, Duration time) throws StoreException {
        try {
            timing.rest(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(
                    Kind.FAILED,
                    "cannot " + tried + " in " + place + " (the thread was interrupted): try again",
                    e);
        }
    }

    private S3Client client() {
        S3Client ready = client;
        if (ready != null) {
            return ready;
        }
        synchronized (opening) {
            if (client == null) {
                client = S3Clients.open(place, login, limits);
            }
            return Objects.requireNonNull(client);
        }
    }

    @Override
    public void close() {
        synchronized (opening) {
            if (client != null) {
                client.close();
            }
        }
    }
}

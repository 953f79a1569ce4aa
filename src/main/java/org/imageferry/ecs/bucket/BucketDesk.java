package org.imageferry.ecs.bucket;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.Request;
import org.imageferry.copy.RegionMap;
import org.imageferry.domain.BucketName;
import org.imageferry.domain.ObjectKey;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.RegionId;
import org.imageferry.ecs.Answer;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.Bodies;
import org.imageferry.ecs.EcsError;
import org.imageferry.ecs.EcsException;
import org.imageferry.ecs.Edge;
import org.imageferry.ecs.Gate;
import org.imageferry.ecs.GatewayErrors;
import org.imageferry.ecs.Head;
import org.imageferry.ecs.Parameters;
import org.imageferry.ecs.PercentCode;
import org.imageferry.ecs.Proved;
import org.imageferry.ecs.Touched;
import org.imageferry.store.Bucket;
import org.imageferry.store.Buckets;
import org.imageferry.store.StoreException;

/// The one way to the objects of buckets once a call's sender is proved: what the sender may do and how
/// much it has sent are decided here, whoever brings the call. No byte of a body is read before.
///
/// Any number of threads may ask; of large bodies, only a few are in memory at once.
public final class BucketDesk {
    static final int MOST_EXTENT_BYTES = 16 << 20;
    private static final int EXTENTS_AT_ONCE = 4;
    private static final String PRODUCT = "oss";

    private final Gate gate;
    private final RegionMap regions;
    private final Buckets buckets;
    private final Bodies bodies = new Bodies(MOST_EXTENT_BYTES, EXTENTS_AT_ONCE);
    private final Map<String, BucketAction> actions =
            List.of(
                            new PutObjectExtent(),
                            new DescribeUpload(),
                            new CloseUpload(),
                            new DescribeObject(),
                            new GetObject(bodies, MOST_EXTENT_BYTES),
                            new DeleteObject())
                    .stream()
                    .collect(Collectors.toMap(BucketAction::name, Function.identity()));

    public BucketDesk(Gate gate, RegionMap regions, Buckets buckets) {
        this.gate = gate;
        this.regions = regions;
        this.buckets = buckets;
    }

    /// What a way to send calls asks of each, beside its sender's proof.
    public interface Terms {
        /// @throws EcsException if the body is not the one that was sent
        void check(Bodies.Body body);

        /// Called once, before anything is done.
        ///
        /// @throws EcsException if it was done before
        void spend();
    }

    /// A call as work for the edge.
    ///
    /// @param sender proves who sent it
    public Edge.Work call(
            Request request, String prefix, Function<Edge.Exchange, Proved> sender, Terms terms) {
        return exchange -> answer(request, exchange, sender.apply(exchange), prefix, terms);
    }

    /// @param prefix of the path, before the bucket's name
    Answer answer(
            Request request, Edge.Exchange exchange, Proved sender, String prefix, Terms terms)
            throws IOException, StoreException {
        exchange.errorsBy(BucketDesk::error);
        Head head = exchange.head();
        Parameters parameters = Parameters.parse(head.query());
        exchange.trail().proves(sender);
        BucketAction action = action(head);
        exchange.trail().asks(PRODUCT, action.name(), action.changes());
        Place place = Place.of(head.path().substring(prefix.length()), parameters);
        exchange.trail().touches(List.of(place.touched()));
        gate.admit(sender.principal(), PRODUCT, action.right(), place.touched());
        BucketRequest asked =
                new BucketRequest(
                        head,
                        parameters,
                        place.region(),
                        place.bucket(),
                        bucket(sender, place),
                        place.key(),
                        () -> body(request, terms));
        terms.spend();
        return action.answer(exchange, asked);
    }

    private BucketAction action(Head head) {
        BucketAction action = actions.get(head.header("x-acs-action"));
        if (action == null
                || !action.method().equals(head.method())
                || !head.header("x-acs-version").equals(Api.FERRY.version())) {
            throw new EcsException(
                    GatewayErrors.UNKNOWN_ACTION.advising(
                            "docs/reference/buckets.md lists the calls, their methods and version."));
        }
        return action;
    }

    private Bodies.Body body(Request request, Terms terms) throws IOException {
        Bodies.Body body = bodies.read(request);
        try {
            terms.check(body);
            return body;
        } catch (EcsException e) {
            body.close();
            throw e;
        }
    }

    /// Which object is meant, whether or not there is one.
    private record Place(RegionId region, BucketName bucket, ObjectKey key) {
        static Place of(String path, Parameters parameters) {
            String[] names = path.split("/", 2);
            return new Place(
                    new RegionId(parameters.require("RegionId")),
                    new BucketName(PercentCode.decode(names[0])),
                    new ObjectKey(names.length < 2 ? "" : PercentCode.decode(names[1])));
        }

        Touched touched() {
            return Touched.object(region, bucket, key);
        }
    }

    private Bucket bucket(Proved sender, Place place) {
        regions.readable(place.region(), new Refusal.UnknownRegion(place.region()));
        return buckets.find(sender.caller().account(), place.region(), place.bucket())
                .orElseThrow(() -> new RefusedException(new Refusal.UnknownBucket(place.bucket())));
    }

    /// Over HTTP a thing that is not there is a 404, whatever ImportImage's page says.
    private static EcsError error(Refusal refusal) {
        EcsError error = EcsError.of(refusal);
        return error.code().endsWith(".NotFound")
                ? new EcsError(404, error.code(), error.message(), error.advice())
                : error;
    }
}

package org.imageferry.ecs.bucket;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.imageferry.copy.RegionMap;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.BucketName;
import org.imageferry.domain.ObjectKey;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.RegionId;
import org.imageferry.ecs.Acs3Signature;
import org.imageferry.ecs.Answer;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.Authentication;
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
import org.imageferry.ecs.Replays;
import org.imageferry.ecs.Touched;
import org.imageferry.store.Bucket;
import org.imageferry.store.Buckets;
import org.imageferry.store.StoreException;

/// Serves `/buckets/BUCKET/OBJECT`. The sender is proved before a byte of a body is read.
public final class BucketHandler extends Handler.Abstract {
    static final int MOST_EXTENT_BYTES = 16 << 20;
    private static final int EXTENTS_AT_ONCE = 4;
    private static final String PREFIX = "/buckets/";
    private static final String PRODUCT = "oss";

    private final Edge edge;
    private final Authentication authentication;
    private final Replays replays;
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

    public BucketHandler(
            Edge edge,
            Authentication authentication,
            Replays replays,
            Gate gate,
            RegionMap regions,
            Buckets buckets) {
        this.edge = edge;
        this.authentication = authentication;
        this.replays = replays;
        this.gate = gate;
        this.regions = regions;
        this.buckets = buckets;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String path = request.getHttpURI().getPath();
        if (path == null || !path.startsWith(PREFIX)) {
            return false;
        }
        edge.serve(request, response, callback, exchange -> answer(request, exchange));
        return true;
    }

    private Answer answer(Request request, Edge.Exchange exchange)
            throws IOException, StoreException {
        exchange.errorsBy(BucketHandler::error);
        Head head = exchange.head();
        Parameters parameters = Parameters.parse(head.query());
        Acs3Signature signature = Acs3Signature.of(head, parameters);
        exchange.trail().claims(signature.accessKeyId());
        Proved sender = authentication.verify(signature);
        exchange.trail().proves(sender);
        BucketAction action = action(head);
        exchange.trail().asks(PRODUCT, action.name(), action.changes());
        Place place = Place.of(head, parameters);
        exchange.trail().touches(List.of(place.touched()));
        gate.admit(sender.principal(), PRODUCT, action.right(), place.touched());
        BucketRequest asked =
                read(
                        head,
                        parameters,
                        sender.caller().account(),
                        place,
                        () -> body(request, signature));
        replays.spend(sender.caller());
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

    private Bodies.Body body(Request request, Acs3Signature signature) throws IOException {
        Bodies.Body body = bodies.read(request);
        try {
            signature.checkBody(body.bytes());
            return body;
        } catch (EcsException e) {
            body.close();
            throw e;
        }
    }

    /// Which object is meant, whether or not there is one.
    private record Place(RegionId region, BucketName bucket, ObjectKey key) {
        static Place of(Head head, Parameters parameters) {
            String[] names = head.path().substring(PREFIX.length()).split("/", 2);
            return new Place(
                    new RegionId(parameters.require("RegionId")),
                    new BucketName(PercentCode.decode(names[0])),
                    new ObjectKey(names.length < 2 ? "" : PercentCode.decode(names[1])));
        }

        Touched touched() {
            return Touched.object(region, bucket, key);
        }
    }

    private BucketRequest read(
            Head head,
            Parameters parameters,
            AccountId account,
            Place place,
            BucketRequest.BodySource body) {
        RegionId region = place.region();
        BucketName name = place.bucket();
        regions.readable(region, new Refusal.UnknownRegion(region));
        Bucket bucket =
                buckets.find(account, region, name)
                        .orElseThrow(() -> new RefusedException(new Refusal.UnknownBucket(name)));
        return new BucketRequest(head, parameters, region, name, bucket, place.key(), body);
    }

    /// Over HTTP a thing that is not there is a 404, whatever ImportImage's page says.
    private static EcsError error(Refusal refusal) {
        EcsError error = EcsError.of(refusal);
        return error.code().endsWith(".NotFound")
                ? new EcsError(404, error.code(), error.message(), error.advice())
                : error;
    }
}

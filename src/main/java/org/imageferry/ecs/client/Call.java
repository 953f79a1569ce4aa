package org.imageferry.ecs.client;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// One call to the server, before it is signed.
///
/// @param path as it stands on the request line, percent-encoded
/// @param parameters go into the query string
/// @param range the value of the `Range` header; empty for none
/// @param repeatable whether a second call changes nothing that the first did not, so that it may be
///     repeated when the answer was lost
public record Call(
        String method,
        String path,
        String action,
        String version,
        SortedMap<String, String> parameters,
        String range,
        Body body,
        boolean repeatable) {
    private static final List<String> READS = List.of("Describe", "Get", "List", "Plan");
    private static final String ECS_VERSION = "2014-05-26";
    private static final String RESOURCE_MANAGER_VERSION = "2020-03-31";
    private static final String STS_VERSION = "2015-04-01";
    private static final String KMS_VERSION = "2016-01-20";
    private static final String OWN_VERSION = "2026-11-22";

    public Call {
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    }

    /// An action of the ECS API.
    public static Call ecs(String action) {
        return rpc(action, ECS_VERSION);
    }

    /// An action of the ResourceManager API.
    public static Call resourceManager(String action) {
        return rpc(action, RESOURCE_MANAGER_VERSION);
    }

    /// An action of the STS API.
    public static Call sts(String action) {
        return rpc(action, STS_VERSION);
    }

    /// An action of the KMS API.
    public static Call kms(String action) {
        return rpc(action, KMS_VERSION);
    }

    /// An action of imageferry's own API.
    public static Call own(String action) {
        return rpc(action, OWN_VERSION);
    }

    /// A call about an object in a bucket. All of them may be repeated but `POST`, which closes an
    /// upload and finds none to close the second time.
    static Call object(String method, String action, RemoteObject object) {
        return new Call(
                        method,
                        object.path(),
                        action,
                        OWN_VERSION,
                        Collections.emptySortedMap(),
                        "",
                        Body.EMPTY,
                        !method.equals("POST"))
                .with("RegionId", object.region());
    }

    private static Call rpc(String action, String version) {
        return new Call(
                "POST",
                "/",
                action,
                version,
                Collections.emptySortedMap(),
                "",
                Body.EMPTY,
                READS.stream().anyMatch(action::startsWith));
    }

    public Call with(String name, String value) {
        SortedMap<String, String> more = new TreeMap<>(parameters);
        more.put(name, value);
        return new Call(method, path, action, version, more, range, body, repeatable);
    }

    public Call with(String name, long value) {
        return with(name, Long.toString(value));
    }

    /// The same call, recognized by the server when it comes twice (`ClientToken`), hence repeatable.
    ///
    /// @param token at most 64 ASCII characters, never used before
    public Call once(String token) {
        Call tokened = with("ClientToken", token);
        return new Call(method, path, action, version, tokened.parameters, range, body, true);
    }

    Call with(Body next) {
        return new Call(method, path, action, version, parameters, range, next, repeatable);
    }

    Call bytes(long from, long length) {
        String next = "bytes=" + from + "-" + (from + length - 1);
        return new Call(method, path, action, version, parameters, next, body, repeatable);
    }
}

package org.imageferry.ecs.client;

/// An object in one of the server's buckets.
///
/// @param key such as `debian-12.raw`
public record RemoteObject(String region, String bucket, String key) {
    String path() {
        return "/buckets/" + Rfc3986.encode(bucket) + "/" + Rfc3986.encodePath(key);
    }
}

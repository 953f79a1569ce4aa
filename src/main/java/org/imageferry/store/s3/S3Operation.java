package org.imageferry.store.s3;

/// The kinds of requests, as they are priced.
public enum S3Operation {
    PUT,
    GET,
    HEAD,
    LIST,
    DELETE,
    /// Begins or ends an object that is sent in parts.
    POST
}

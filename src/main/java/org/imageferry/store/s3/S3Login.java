package org.imageferry.store.s3;

/// As whom requests are signed.
public sealed interface S3Login {
    /// A pair of keys that somebody gave us.
    record Keys(String accessKeyId, String secret) implements S3Login {
        @Override
        public String toString() {
            return "Keys[" + accessKeyId + ", ***]";
        }
    }

    /// Whatever the SDK finds: environment, profile files, the roles of machine or container. Source: AWS
    /// SDK for Java 2.x, "Default credentials provider chain".
    record Found() implements S3Login {}
}

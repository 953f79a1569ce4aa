package org.imageferry.ecs.client;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HexFormat;

/// What a call carries besides its parameters, with its SHA-256, which the signature covers.
///
/// The bytes are not copied; nobody may change them while the body is in use.
public final class Body {
    public static final Body EMPTY = new Body(new byte[0]);

    private final byte[] bytes;
    private final byte[] digest;

    public Body(byte[] bytes) {
        this.bytes = bytes;
        this.digest = Sha256.of(bytes);
    }

    public int length() {
        return bytes.length;
    }

    /// Lower-case hex.
    public String sha256() {
        return HexFormat.of().formatHex(digest);
    }

    BodyPublisher publisher() {
        return bytes.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(bytes);
    }
}

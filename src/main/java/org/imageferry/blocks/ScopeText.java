package org.imageferry.blocks;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.KeyId;
import org.imageferry.domain.KeyVersion;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Scope;

/// A scope as segments and manifests hold it: `1234567890123456/cn-hangzhou`, in ASCII, and behind that
/// the key's id and version if it is sealed.
final class ScopeText {
    static final int MOST_BYTES = 255;

    private ScopeText() {}

    static byte[] of(Scope scope) {
        return scope.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /// @return nothing if this is no scope that this format version knows
    static Optional<Scope> parse(ByteBuffer bytes) {
        String text = StandardCharsets.US_ASCII.decode(bytes.duplicate()).toString();
        String[] fields = text.split("/", -1);
        if (fields.length != 2 && fields.length != 4) {
            return Optional.empty();
        }
        try {
            Scope scope =
                    new Scope(
                            new AccountId(fields[0]),
                            new RegionId(fields[1]),
                            fields.length == 2
                                    ? Optional.empty()
                                    : Optional.of(
                                            new KeyVersion(
                                                    new KeyId(fields[2]),
                                                    Integer.parseInt(fields[3]))));
            return Optional.of(scope).filter(read -> read.toString().equals(text));
        } catch (RefusedException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

package org.imageferry.blocks;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Scope;

/// A scope as segments and manifests hold it: `1234567890123456/cn-hangzhou`, in ASCII.
final class ScopeText {
    static final int MOST_BYTES = 255;

    private ScopeText() {}

    static byte[] of(Scope scope) {
        return scope.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /// @return nothing if this is no scope that this format version knows
    static Optional<Scope> parse(ByteBuffer bytes) {
        String text = StandardCharsets.US_ASCII.decode(bytes.duplicate()).toString();
        int slash = text.indexOf('/');
        if (slash < 0) {
            return Optional.empty();
        }
        try {
            AccountId account = new AccountId(text.substring(0, slash));
            return Optional.of(new Scope(account, new RegionId(text.substring(slash + 1))));
        } catch (RefusedException e) {
            return Optional.empty();
        }
    }
}

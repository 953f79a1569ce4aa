package org.imageferry.blocks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.imageferry.domain.Digest;
import org.imageferry.domain.Scope;

/// The keys of a sealed scope, derived from its data key: one that names, one that seals blocks, one
/// that seals manifests. `docs/design/encryption.md` has the construction. Any number of threads may
/// use it.
///
/// It keeps no data key, and no key that it seals with is ever used as it is: each sealed thing has
/// one of its own, which its salt makes of these.
public final class ScopeKeys {
    /// Of a data key, and of all keys that are derived from it.
    public static final int KEY_BYTES = 32;

    static final int SALT_BYTES = 32;

    private final Scope scope;
    private final Mac names;
    private final SecretKey blocks;
    private final SecretKey manifests;

    private ScopeKeys(Scope scope, Mac names, SecretKey blocks, SecretKey manifests) {
        this.scope = scope;
        this.names = names;
        this.blocks = blocks;
        this.manifests = manifests;
    }

    /// @param dataKey [#KEY_BYTES] random bytes; copied, the caller may wipe them
    public static ScopeKeys derive(Scope scope, byte[] dataKey) {
        if (scope.key().isEmpty() || dataKey.length != KEY_BYTES) {
            throw new IllegalArgumentException(
                    "scope " + scope + " can't be sealed with " + dataKey.length + " bytes");
        }
        SecretKey key = new SecretKeySpec(dataKey, "HKDF");
        try {
            Mac names = Mac.getInstance("HmacSHA256");
            names.init(derived(key, new byte[0], "HmacSHA256", "names 1 " + scope));
            return new ScopeKeys(
                    scope,
                    names,
                    derived(key, new byte[0], "HKDF", "blocks 1 " + scope),
                    derived(key, new byte[0], "HKDF", "manifests 1 " + scope));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK can't derive keys", e);
        }
    }

    Scope scope() {
        return scope;
    }

    /// HMAC-SHA256 of the digest under the scope's naming key.
    Digest name(Digest content) {
        synchronized (names) {
            return Digest.of(names.doFinal(content.bytes()));
        }
    }

    /// The key of the one block that has this salt.
    SecretKey block(byte[] salt) throws GeneralSecurityException {
        return derived(blocks, salt, "AES", "block 1");
    }

    /// The key of the one manifest that has this salt.
    SecretKey manifest(byte[] salt) throws GeneralSecurityException {
        return derived(manifests, salt, "AES", "manifest 1");
    }

    /// HKDF-SHA256 (RFC 5869), extract and expand.
    private static SecretKey derived(SecretKey from, byte[] salt, String algorithm, String purpose)
            throws GeneralSecurityException {
        byte[] info = ("imageferry " + purpose).getBytes(StandardCharsets.US_ASCII);
        HKDFParameterSpec.Builder extract = HKDFParameterSpec.ofExtract().addIKM(from);
        if (salt.length > 0) {
            extract.addSalt(salt);
        }
        return KDF.getInstance("HKDF-SHA256")
                .deriveKey(algorithm, extract.thenExpand(info, KEY_BYTES));
    }

    @Override
    public String toString() {
        return "keys of " + scope;
    }
}

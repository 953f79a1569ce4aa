package org.imageferry.kms.local;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.imageferry.domain.KeyId;
import org.imageferry.domain.WrappedKey;
import org.imageferry.kms.KmsException;
import org.imageferry.kms.MasterKey;

/// Makes keys, which lie wrapped by the master key, and brings them to use.
final class KeyMaterial {
    private static final int KEY_BYTES = 32;

    private final MasterKey master;
    private final RandomGenerator random;

    KeyMaterial(MasterKey master, RandomGenerator random) {
        this.master = master;
        this.random = random;
    }

    /// A random UUID (RFC 9562, version 4).
    KeyId id() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        bytes[6] = (byte) ((bytes[6] & 0x0f) | 0x40);
        bytes[8] = (byte) ((bytes[8] & 0x3f) | 0x80);
        String hex = HexFormat.of().formatHex(bytes);
        return new KeyId(
                String.join(
                        "-",
                        hex.substring(0, 8),
                        hex.substring(8, 12),
                        hex.substring(12, 16),
                        hex.substring(16, 20),
                        hex.substring(20)));
    }

    WrappedKey make(KeyId id) {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        try {
            return new WrappedKey(
                    master.wrap(HexFormat.of().formatHex(key), MasterKey.contextOf(id)));
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /// @throws KmsException `NOT_WRAPPED_BY_IT` if the master key did not wrap it as this key
    Wrapping wrapping(KeyId id, WrappedKey material) throws KmsException {
        byte[] key;
        try {
            String text = master.unwrap(material.text(), MasterKey.contextOf(id));
            key = HexFormat.of().parseHex(text);
        } catch (IllegalArgumentException _) {
            throw new KmsException(
                    KmsException.Kind.NOT_WRAPPED_BY_IT,
                    "key " + id + " is damaged: the master key did not wrap it");
        }
        try {
            return new Wrapping(key, random);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }
}

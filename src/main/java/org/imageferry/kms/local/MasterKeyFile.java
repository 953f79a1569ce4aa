package org.imageferry.kms.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.imageferry.kms.MasterKey;

/// A master key that lies in a file: 32 random bytes in hexadecimal, readable by its owner alone.
public final class MasterKeyFile implements MasterKey {
    private final Wrapping wrapping;

    MasterKeyFile(byte[] key, SecureRandom random) {
        this(new Wrapping(key, random));
    }

    private MasterKeyFile(Wrapping wrapping) {
        this.wrapping = wrapping;
    }

    /// Reads the key, or makes one and its file if there is no such file.
    ///
    /// @throws IOException if the file can't be read or made, if others than its owner may read it, or
    ///     if it is no master key; the message says what to do
    public static MasterKeyFile openOrCreate(Path file, SecureRandom random) throws IOException {
        return new MasterKeyFile(new KeyFile(file).openOrCreate(random), random);
    }

    @Override
    public String wrap(String secret, String context) {
        return wrapping.wrap(secret.getBytes(StandardCharsets.UTF_8), context);
    }

    @Override
    public MasterKey derived(String purpose) {
        return new MasterKeyFile(wrapping.derived(purpose));
    }

    @Override
    public String unwrap(String wrapped, String context) {
        return wrapping.unwrap(wrapped, context)
                .map(plain -> new String(plain, StandardCharsets.UTF_8))
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "the wrapped secret of "
                                        + context
                                        + " was not wrapped by this master key"));
    }
}

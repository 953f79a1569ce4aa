package org.imageferry.kms.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.function.Predicate;
import org.imageferry.kms.MasterKey;

/// The file of a master key and, while that is rotated, the next one's beside it: the same name and
/// `.new`.
///
/// The next key's file is durable before anything is wrapped by it, and takes the other's place after
/// all is. So whatever ends a rotation between, the key that fits is in one of the two.
///
/// @param file where the master key lies
public record MasterKeyFiles(Path file, SecureRandom random) {
    /// Whether a rotation began and did not end: both files are there.
    public boolean rotating() {
        return Files.exists(file) && Files.exists(current().next().path());
    }

    /// Ends a rotation that was broken off: takes the key that fits, and removes the other. If none
    /// fits, both stay, and the result is what the file itself holds.
    ///
    /// @param fits whether a key unwraps what there is; any does if there is nothing
    /// @throws IOException if a file that matters can't be read, as [MasterKeyFile#openOrCreate] does
    public MasterKeyFile settle(Predicate<MasterKey> fits) throws IOException {
        MasterKeyFile key = key(current().read());
        if (fits.test(key)) {
            Files.delete(current().next().path());
            return key;
        }
        MasterKeyFile next = key(current().next().read());
        if (!fits.test(next)) {
            return key;
        }
        replace();
        return next;
    }

    /// Makes the next key. Once this returns, its file survives a power cut.
    public MasterKeyFile makeNext() throws IOException {
        return key(current().makeNext(random));
    }

    /// The next key's file takes the place of the present one's, which is gone.
    public void replace() throws IOException {
        current().replaceByNext();
    }

    private KeyFile current() {
        return new KeyFile(file);
    }

    private MasterKeyFile key(byte[] bytes) {
        return new MasterKeyFile(bytes, random);
    }
}

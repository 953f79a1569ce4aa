package org.imageferry.catalog;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.KeySettings;
import org.imageferry.domain.KeyVersion;
import org.imageferry.domain.Scope;
import org.imageferry.domain.WrappedKey;

/// The data keys of sealed scopes, wrapped, and what accounts have settled about keys.
public interface Encryption {
    /// @return nothing if the scope has none yet
    Optional<WrappedKey> dataKey(Scope scope);

    /// Gives the scope its data key, for good.
    ///
    /// @return the scope's: another than `wrapped` if somebody else came first
    WrappedKey addDataKey(Scope scope, WrappedKey wrapped);

    /// The keys that the image's snapshots are encrypted with: none or one, unless it was made of
    /// snapshots with different ones.
    default Set<KeyVersion> keysOf(ImageId image) {
        return keysOf(List.of(image)).getOrDefault(image, Set.of());
    }

    /// The keys of those of the images that are encrypted.
    Map<ImageId, Set<KeyVersion>> keysOf(Collection<ImageId> images);

    KeySettings settings(AccountId account);

    void set(AccountId account, KeySettings settings);
}

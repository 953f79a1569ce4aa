package org.imageferry.kms;

import java.util.List;
import java.util.Optional;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.KeyAlias;
import org.imageferry.domain.KmsKey;
import org.imageferry.domain.NamedKey;
import org.imageferry.domain.RegionId;

/// A key service whose keys are ours to make and to change. A service that others run has its own
/// ways for that, and need not be one.
///
/// What an account does not own does not exist for it. A key whose time is over is gone.
/// A key is named by its id or one of its aliases; where there is none, each method refuses with
/// `UnknownKey`.
public interface KeyAdministration {
    /// @throws org.imageferry.domain.RefusedException `TooManyKeys`
    KmsKey create(AccountId account, RegionId region, String description);

    KmsKey describe(AccountId account, RegionId region, String name);

    /// Oldest first, then by id.
    List<KmsKey> list(AccountId account, RegionId region);

    void enable(AccountId account, RegionId region, String name);

    void disable(AccountId account, RegionId region, String name);

    /// @param days until the key goes, 7 to 366; until then it can be taken back, and not be used
    KmsKey scheduleDeletion(AccountId account, RegionId region, String name, int days);

    /// The key is enabled afterwards.
    void cancelDeletion(AccountId account, RegionId region, String name);

    /// @param granted whether the image service may use the key from now on
    void grant(AccountId account, RegionId region, String name, boolean granted);

    /// @param key its id
    /// @throws org.imageferry.domain.RefusedException `AliasTaken`
    void createAlias(AccountId account, RegionId region, KeyAlias alias, String key);

    /// @throws org.imageferry.domain.RefusedException `UnknownAlias`
    void deleteAlias(AccountId account, RegionId region, KeyAlias alias);

    /// By name.
    ///
    /// @param key only those of this key
    List<NamedKey> aliases(AccountId account, RegionId region, Optional<String> key);
}

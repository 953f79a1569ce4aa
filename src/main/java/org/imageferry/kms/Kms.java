package org.imageferry.kms;

import org.imageferry.domain.AccountId;
import org.imageferry.domain.KeyVersion;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Scope;
import org.imageferry.domain.WrappedKey;

/// The regions' key services, as the image service uses them: for data keys, one for each scope.
///
/// Every implementation promises, and `KmsContract` checks:
/// - *apart*: a key is one account's in one region; for all others it does not exist;
/// - *now*: a key that was disabled, taken back or deleted does nothing from then on, not even unwrap
///   what it wrapped before; enabled again it does;
/// - *bound*: a data key unwraps for the scope that it was made for, and no other;
/// - *fresh*: no two data keys are equal;
/// - *quiet*: no key is in an exception or a `toString`.
///
/// Any number of threads may call. A call may go over a network, so none is made in a transaction.
public interface Kms {
    /// The version of the key that new data keys are to be wrapped with, whatever the key's state.
    ///
    /// @param name the key's id, or one of its aliases
    /// @throws KmsException `NOT_FOUND`
    KeyVersion find(AccountId account, RegionId region, String name) throws KmsException;

    /// The same for the key that the service has made for the account's images in the region; made now
    /// if there is none.
    KeyVersion serviceKey(AccountId account, RegionId region) throws KmsException;

    /// Whether the scope's key is one that [#serviceKey] gives, and not one that somebody has made.
    boolean isServiceKey(Scope scope) throws KmsException;

    /// Whether the scope's key can be used now.
    ///
    /// @throws KmsException saying why not
    void check(Scope scope) throws KmsException;

    /// A new data key, wrapped by the scope's key.
    ///
    /// @throws KmsException as [#check] does
    WrappedKey generate(Scope scope) throws KmsException;

    /// @throws KmsException as [#check] does; `NOT_WRAPPED_BY_IT`
    DataKey unwrap(Scope scope, WrappedKey wrapped) throws KmsException;
}

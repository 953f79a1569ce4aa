package org.imageferry.kms;

import org.imageferry.domain.KeyId;

/// Wraps small secrets, so that the catalog never holds one in the clear.
///
/// Every implementation promises: what is wrapped is confidential and can't be changed unseen
/// (authenticated encryption, a fresh nonce each time), and unwraps only in the context it was wrapped
/// in, such as the id of the access key.
public interface MasterKey {
    /// @return the wrapped secret, base64
    String wrap(String secret, String context);

    /// @throws IllegalArgumentException if it was not wrapped by this key in this context
    String unwrap(String wrapped, String context);

    /// A key of its own for another purpose. It is the same wherever this one is, and neither it nor
    /// what it wraps tells anything of this one, nor opens what this one wrapped.
    ///
    /// @param purpose ASCII, such as `console`; tells it from all others
    MasterKey derived(String purpose);

    /// The context in which a key of the key service is wrapped.
    static String contextOf(KeyId id) {
        return "kms-key:" + id;
    }
}

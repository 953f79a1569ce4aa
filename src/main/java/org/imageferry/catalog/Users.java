package org.imageferry.catalog;

import java.util.List;
import java.util.Optional;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.PolicyName;
import org.imageferry.domain.User;
import org.imageferry.domain.UserId;
import org.imageferry.domain.UserName;
import org.imageferry.domain.UserPolicy;

/// The users of accounts, and their policies.
public interface Users {
    /// @return false if the account has one of this name
    boolean add(User user);

    Optional<User> find(UserId id);

    Optional<User> find(AccountId account, UserName name);

    /// By name.
    Page<User> list(AccountId account, int offset, int limit);

    /// Its policies and access keys go with it.
    void delete(UserId id);

    /// In place of the one of this name, if there is one.
    void put(UserPolicy policy);

    /// By name.
    List<UserPolicy> policies(UserId user);

    /// @return false if there is none
    boolean deletePolicy(UserId user, PolicyName name);

    /// How many records there were of the user.
    long revision(UserId id);

    /// Counts one record more of the user.
    ///
    /// @return how many there were
    long raise(UserId id);
}

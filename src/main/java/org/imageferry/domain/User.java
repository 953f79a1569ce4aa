package org.imageferry.domain;

import java.time.Instant;

/// Someone for whom an account's access keys were made, who may do what the policies say.
///
/// @param name unique within the account
public record User(UserId id, AccountId account, UserName name, Instant created) {}

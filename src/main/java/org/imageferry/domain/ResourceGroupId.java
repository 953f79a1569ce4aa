package org.imageferry.domain;

/// Names a resource group: `rg-` and 5 to 30 lower-case letters or digits. Groups sort what an account
/// has; each account has one from the start, its default group.
public record ResourceGroupId(String value) {
    private static final int RADIX = 36;

    public ResourceGroupId {
        if (!Texts.isId(value, "rg-", 5, 30)) {
            throw new RefusedException(new Refusal.Malformed("ResourceGroupId", value));
        }
    }

    /// The account's default group. Its id follows from the account's, so that it needs no row.
    public static ResourceGroupId standard(AccountId account) {
        String number = Long.toString(Long.parseLong(account.value()), RADIX);
        return new ResourceGroupId("rg-default" + number);
    }

    @Override
    public String toString() {
        return value;
    }
}

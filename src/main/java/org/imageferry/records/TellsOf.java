package org.imageferry.records;

import java.util.Arrays;
import java.util.Optional;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.KeyId;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.SnapshotId;
import org.imageferry.domain.UserId;

/// What a record is about. In this order rows can be made of records: each needs those before it only.
public enum TellsOf {
    ACCOUNT("account", true),
    USER("user", true),
    REGION("region", false),
    KEY("key", false),
    SNAPSHOT("snapshot", false),
    IMAGE("image", false);

    private final String text;
    private final boolean everywhere;

    TellsOf(String text, boolean everywhere) {
        this.text = text;
        this.everywhere = everywhere;
    }

    /// As records say it.
    public String text() {
        return text;
    }

    /// Whether it belongs to no region, so that all stores tell of it.
    public boolean everywhere() {
        return everywhere;
    }

    /// @throws org.imageferry.domain.RefusedException if no subject of this kind has such an id
    void checkId(String id) {
        var _ =
                switch (this) {
                    case ACCOUNT -> new AccountId(id);
                    case USER -> new UserId(id);
                    case REGION -> new RegionId(id);
                    case KEY -> new KeyId(id);
                    case SNAPSHOT -> new SnapshotId(id);
                    case IMAGE -> new ImageId(id);
                };
    }

    /// @return nothing if no record of this program is about that
    static Optional<TellsOf> of(String text) {
        return Arrays.stream(values()).filter(kind -> kind.text.equals(text)).findFirst();
    }
}

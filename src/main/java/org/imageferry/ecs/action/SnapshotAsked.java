package org.imageferry.ecs.action;

import java.util.Optional;
import org.imageferry.domain.SnapshotId;
import org.imageferry.domain.SnapshotName;
import org.imageferry.ecs.EcsException;
import org.imageferry.ecs.Parameters;
import org.imageferry.ecs.SnapshotErrors;

/// Reads the parameters that several actions about snapshots have.
final class SnapshotAsked {
    /// Source: ECS API 2014-05-26, CopySnapshot, RetentionDays.
    private static final int MOST_DAYS = 65_536;

    private SnapshotAsked() {}

    static SnapshotId id(Parameters parameters) {
        return new SnapshotId(parameters.require("SnapshotId"));
    }

    static Optional<SnapshotName> name(Parameters parameters, String parameter) {
        return parameters.find(parameter).map(SnapshotName::new);
    }

    static Optional<Integer> retentionDays(Parameters parameters) {
        return parameters.find("RetentionDays").map(SnapshotAsked::days);
    }

    private static int days(String text) {
        try {
            int days = Integer.parseInt(text);
            if (days >= 1 && days <= MOST_DAYS) {
                return days;
            }
        } catch (NumberFormatException _) {
            // falls through to the same answer
        }
        throw new EcsException(
                SnapshotErrors.RETENTION_DAYS.advising(
                        "RetentionDays is a whole number from 1 to " + MOST_DAYS + "."));
    }
}

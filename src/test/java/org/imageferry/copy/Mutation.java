package org.imageferry.copy;

import java.util.function.UnaryOperator;
import org.imageferry.catalog.Tables;

/// Bugs that can be planted between engine and catalog, each what a slip in the engine would come to. A
/// simulation that did not find them would prove nothing.
enum Mutation {
    CANCEL_LEAVES_THE_IMAGE("P4"),
    CANCEL_LEAVES_THE_SNAPSHOTS("P4"),
    CANCEL_LEAVES_THE_CLAIMS("P3|can't be"),
    A_PART_IS_COMMITTED_WITHOUT_ITS_CLAIM("P3|can't be"),
    A_PART_FORGETS_A_SEGMENT("PLACES"),
    AN_IMAGE_IS_AVAILABLE_BEFORE_ITS_LAST_PART("P1|P3|not equal to its source"),
    RECOVERY_TAKES_CLAIMED_PARTS_FOR_DONE("P1|ENDS|not equal to its source"),
    RECOVERY_STARTS_DONE_PARTS_OVER("P3"),
    THE_COLLECTOR_IGNORES_CLAIMS("HELD"),
    THE_COLLECTOR_TAKES_WHAT_PARTS_NEED("LIVE"),
    A_TASK_ENDS_TWICE("P3|has ended or is gone|can't be"),
    PROGRESS_IS_COUNTED_TWICE("P3"),
    THE_QUEUE_IGNORES_ITS_SLOTS("P2"),
    THE_QUEUE_FORGETS_WHO_WAITED("P2"),
    THE_LAST_GOES_FIRST("P2"),
    A_TOKEN_IS_FORGOTTEN("P5"),
    RECORDS_DO_NOT_TELL_OF_DELETIONS("TIDY"),
    COMPACTION_FORGETS_A_NEED("PLACES"),
    COMPACTION_LEAVES_THE_INDEX("PLACES"),
    COMPACTION_DOES_NOT_LOOK_AGAIN("PLACES"),
    WHAT_WAS_HEALED_IS_NOT_NEEDED("P1|LIVE|PLACES"),
    NOTHING_BAD_IS_NOTED("P1"),
    A_NODE_KEEPS_A_COPY_TO_ITSELF("TURNS"),
    A_REGION_WAITS_FOR_ANOTHER("TURNS"),
    PROGRESS_DOES_NOT_ADD_UP("P3");

    private final String broken;

    Mutation(String broken) {
        this.broken = broken;
    }

    /// What a failure that it causes tells, as a regular expression.
    String broken() {
        return broken;
    }

    /// The worlds in which it shows.
    Knobs knobs() {
        return switch (this) {
            case WHAT_WAS_HEALED_IS_NOT_NEEDED, NOTHING_BAD_IS_NOTED -> Knobs.ROTTEN;
            case A_NODE_KEEPS_A_COPY_TO_ITSELF, A_REGION_WAITS_FOR_ANOTHER -> Knobs.FLEET;
            case COMPACTION_DOES_NOT_LOOK_AGAIN -> Knobs.CROWDED;
            default -> Knobs.ROUGH;
        };
    }

    /// Makes the bug, afresh for each world.
    UnaryOperator<Tables> plant() {
        return switch (this) {
            case CANCEL_LEAVES_THE_IMAGE -> Bugs.imagesStay();
            case CANCEL_LEAVES_THE_SNAPSHOTS -> Bugs.unfinishedSnapshotsStay();
            case CANCEL_LEAVES_THE_CLAIMS -> Bugs.endedTasksKeepTheirClaims();
            case A_PART_IS_COMMITTED_WITHOUT_ITS_CLAIM -> Bugs.everyClaimIsHeld();
            case A_PART_FORGETS_A_SEGMENT -> Bugs.aNeedIsForgotten();
            case AN_IMAGE_IS_AVAILABLE_BEFORE_ITS_LAST_PART -> Bugs.nothingIsUndone();
            case RECOVERY_TAKES_CLAIMED_PARTS_FOR_DONE -> Bugs.recoveryEndsParts();
            case RECOVERY_STARTS_DONE_PARTS_OVER -> Bugs.recoveryOffersAgain();
            case THE_COLLECTOR_IGNORES_CLAIMS -> Bugs.objectsAreNobodys();
            case THE_COLLECTOR_TAKES_WHAT_PARTS_NEED -> Bugs.liveObjectsAreDue();
            case A_TASK_ENDS_TWICE -> Bugs.endedTasksLookRunning();
            case PROGRESS_IS_COUNTED_TWICE -> Bugs.doneCountsTwice();
            case THE_QUEUE_IGNORES_ITS_SLOTS -> Bugs.slotsLookFree();
            case THE_QUEUE_FORGETS_WHO_WAITED -> Bugs.turnsAreForgotten();
            case THE_LAST_GOES_FIRST -> Bugs.lastGoesFirst();
            case A_TOKEN_IS_FORGOTTEN -> Bugs.answersAreForgotten();
            case RECORDS_DO_NOT_TELL_OF_DELETIONS -> Bugs.deletionsAreNotTold();
            case COMPACTION_FORGETS_A_NEED -> Bugs.whatComesInsteadIsForgotten();
            case COMPACTION_LEAVES_THE_INDEX -> Bugs.blocksDoNotMove();
            case COMPACTION_DOES_NOT_LOOK_AGAIN -> Bugs.whoComesLateIsOverlooked();
            case WHAT_WAS_HEALED_IS_NOT_NEEDED -> Bugs.nobodyNeedsWhatWasBrought();
            case NOTHING_BAD_IS_NOTED -> Bugs.badBlocksAreOverlooked();
            case A_NODE_KEEPS_A_COPY_TO_ITSELF -> FleetBugs.othersFindNoParts();
            case A_REGION_WAITS_FOR_ANOTHER -> FleetBugs.oneRegionGoesFirst();
            case PROGRESS_DOES_NOT_ADD_UP -> FleetBugs.partsCountByHalf();
        };
    }
}

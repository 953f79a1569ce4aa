package org.imageferry.ecs.action;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.imageferry.copy.CreationRequest;
import org.imageferry.domain.SnapshotId;
import org.imageferry.ecs.CommonErrors;
import org.imageferry.ecs.EcsError;
import org.imageferry.ecs.EcsException;
import org.imageferry.ecs.GatewayErrors;
import org.imageferry.ecs.Parameters;
import org.imageferry.ecs.SnapshotErrors;

/// Reads of which snapshots CreateImage is to make an image. Source: ECS API 2014-05-26, CreateImage,
/// DiskDeviceMapping.N and SnapshotId.
///
/// Where neither `DiskType` nor `Device` says which is the system disk, it is the first. Disks without
/// a snapshot, which ECS makes empty, are not made here.
final class DisksAsked {
    private static final String DISKS = "DiskDeviceMapping";
    private static final int MOST_DISKS = 17;
    private static final long MOST_GIB = 65_536;
    private static final String SYSTEM_DEVICE = "/dev/xvda";

    private DisksAsked() {}

    private record Wanted(CreationRequest.DiskOf disk, Optional<Boolean> system) {
        boolean isSystem() {
            return system.orElse(false);
        }
    }

    static List<CreationRequest.DiskOf> of(Parameters parameters) {
        List<Wanted> asked = new ArrayList<>();
        parameters.list(DISKS).forEach((index, item) -> asked.add(disk(index, item)));
        if (asked.size() > MOST_DISKS) {
            throw new EcsException(
                    GatewayErrors.PARAMETER_FORMAT.advising(
                            "An image has at most " + MOST_DISKS + " disks."));
        }
        if (!asked.isEmpty()) {
            return systemFirst(asked);
        }
        SnapshotId only =
                parameters
                        .find("SnapshotId")
                        .map(SnapshotId::new)
                        .orElseThrow(() -> new EcsException(SnapshotErrors.NOTHING_TO_MAKE_IT_OF));
        return List.of(new CreationRequest.DiskOf(only, Optional.empty()));
    }

    private static Wanted disk(int index, Map<String, String> item) {
        String snapshot = item.getOrDefault("SnapshotId", "");
        if (snapshot.isEmpty()) {
            throw new EcsException(
                    CommonErrors.missing(DISKS + "." + index + ".SnapshotId")
                            .advising("Empty disks are not made here."));
        }
        return new Wanted(
                new CreationRequest.DiskOf(
                        new SnapshotId(snapshot), size(item.getOrDefault("Size", ""))),
                system(item));
    }

    private static Optional<Long> size(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (text.matches("[1-9][0-9]{0,5}") && Long.parseLong(text) <= MOST_GIB) {
            return Optional.of(Long.valueOf(text));
        }
        throw new EcsException(SnapshotErrors.DISK_SIZE);
    }

    private static Optional<Boolean> system(Map<String, String> item) {
        return switch (item.getOrDefault("DiskType", "").toLowerCase(Locale.ROOT)) {
            case "" ->
                    Optional.of(item.getOrDefault("Device", ""))
                            .filter(device -> !device.isEmpty())
                            .map(SYSTEM_DEVICE::equals);
            case "system" -> Optional.of(true);
            case "data" -> Optional.of(false);
            default ->
                    throw new EcsException(
                            GatewayErrors.PARAMETER_FORMAT.advising(
                                    "DiskType must be system or data."));
        };
    }

    private static List<CreationRequest.DiskOf> systemFirst(List<Wanted> asked) {
        boolean said = asked.stream().anyMatch(disk -> disk.system().isPresent());
        List<CreationRequest.DiskOf> disks = new ArrayList<>();
        for (Wanted disk : asked) {
            if (disk.isSystem()) {
                disks.addFirst(disk.disk());
            } else {
                disks.add(disk.disk());
            }
        }
        long systems = asked.stream().filter(Wanted::isSystem).count();
        if (said && systems != 1) {
            EcsError error =
                    systems == 0 ? SnapshotErrors.NO_SYSTEM_DISK : SnapshotErrors.TWO_SYSTEM_DISKS;
            throw new EcsException(error);
        }
        return disks;
    }
}

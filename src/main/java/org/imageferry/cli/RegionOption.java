package org.imageferry.cli;

import java.util.List;
import java.util.Optional;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Option;

/// The region that a command is about; all of them when none is named.
final class RegionOption {
    @Option(
            names = "--region",
            paramLabel = "REGION",
            description = "Only this region. Default: all regions.")
    private Optional<String> region = Optional.empty();

    List<String> regions(Api api) throws EcsFailure {
        return region.isPresent() ? List.of(region.get()) : api.regions();
    }

    /// The call, about this region only if one is named.
    Call narrow(Call call) {
        return region.map(name -> call.with("RegionId", name)).orElse(call);
    }

    /// Such as ` in cn-hangzhou`, to end a sentence with; empty for all regions.
    String words() {
        return region.map(name -> " in " + name).orElse("");
    }
}
